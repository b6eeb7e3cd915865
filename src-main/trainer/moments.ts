/** Mean and population standard deviation of each row of numbers [rows, columns], summed in float64. NaN where a number of the row is not finite. */
export function momentsOf(numbers: Float32Array, columns: number): { means: Float64Array; deviations: Float64Array } {
  const rows = columns === 0 ? 0 : numbers.length / columns;
  const means = new Float64Array(rows);
  const deviations = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const end = (row + 1) * columns;
    let sum = 0;
    for (let i = row * columns; i < end; i++) sum += numbers[i]!;
    const mean = sum / columns;
    let squares = 0;
    for (let i = row * columns; i < end; i++) squares += (numbers[i]! - mean) ** 2;
    means[row] = mean;
    deviations[row] = Math.sqrt(squares / columns);
  }
  return { means, deviations };
}
