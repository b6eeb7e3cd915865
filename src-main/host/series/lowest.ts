/**
 * Each problem's update with the lowest energy, while that is finite; the first answer's where none is. Both arrays below are
 * [steps + 1, problems].
 *
 * @returns [problems]
 */
export function lowestUpdates(energies: Float32Array, problems: number): Int32Array {
  return Int32Array.from({ length: problems }, (_, problem) => {
    let best = -1;
    for (let at = problem; at < energies.length; at += problems) if (Number.isFinite(energies[at]) && (best < 0 || energies[at]! < energies[best]!)) best = at;
    return best < 0 ? 0 : (best - problem) / problems;
  });
}

/** Mean over the problems of a quantity at each problem's lowest energy. NaN when one of them is. */
export function meanAtLowest(energies: Float32Array, values: Float32Array, problems: number): number {
  const updates = lowestUpdates(energies, problems);
  let sum = 0;
  updates.forEach((update, problem) => (sum += values[update * problems + problem]!));
  return sum / problems;
}
