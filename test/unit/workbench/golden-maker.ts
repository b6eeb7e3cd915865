import { writeFileSync } from 'node:fs';
import { encodeSafetensors } from '../../../src-main/formats/safetensors.ts';
import type { TensorToWrite } from '../../../src-main/formats/tensors.ts';
import { createRng } from '../../../src-main/tasks/rng.ts';

/*
 * IREM once more, in float64 and without a tensor library: the energy and its gradient are written out, and the loss's
 * gradient is taken by central differences. Slow, and independent of everything that it checks.
 */

export interface GoldenSize {
  readonly x: number;
  readonly y: number;
  readonly hidden: number;
  readonly depth: number;
  readonly rows: number;
  readonly steps: number;
  readonly stepSize: number;
  readonly learningRate: number;
  readonly iterations: number;
  readonly backprop: 'last-step' | 'full';
}

type Vector = readonly number[];
interface Layer {
  readonly weight: number[][];
  readonly bias: number[];
}

const sigma = (z: number): number => 1 / (1 + Math.exp(-z));

/** E(x, y) and ∇_y E of a network [y, x] → h → … → 1 with swish. */
function energy(layers: readonly Layer[], x: Vector, y: Vector): { energy: number; gradient: number[] } {
  const slopes: number[][] = [];
  let h: number[] = [...y, ...x];
  for (const [l, { weight, bias }] of layers.entries()) {
    const z = weight.map((row, o) => row.reduce((sum, w, i) => sum + w * h[i]!, bias[o]!));
    const hidden = l < layers.length - 1;
    slopes.push(z.map((value) => (hidden ? sigma(value) * (1 + value * (1 - sigma(value))) : 1)));
    h = hidden ? z.map((value) => value * sigma(value)) : z;
  }
  let back = [1];
  for (let l = layers.length - 1; l >= 0; l--) {
    const { weight } = layers[l]!;
    const inner = back.map((value, o) => value * slopes[l]![o]!);
    back = weight[0]!.map((_, i) => inner.reduce((sum, value, o) => sum + value * weight[o]![i]!, 0));
  }
  return { energy: h[0]!, gradient: back.slice(0, y.length) };
}

const descend = (layers: readonly Layer[], x: Vector, y: Vector, stepSize: number): number[] => energy(layers, x, y).gradient.map((slope, i) => y[i]! - stepSize * slope);

/** A problem of that size with its answers, as tensors of a golden file. */
export function makeGolden(size: GoldenSize, seed: number): { tensors: Record<string, TensorToWrite>; metadata: Record<string, string> } {
  const { rows, steps, stepSize } = size;
  const layers = initial(size, seed);
  const [xs, y0s, targets] = [size.x, size.y, size.y].map((width, i) => table(createRng(seed, 'golden', i).fillUniform(new Float32Array(rows * width), -1, 1), width));
  const tensors: Record<string, TensorToWrite> = { ...named('param', layers), x: matrix(xs!), y0: matrix(y0s!), target: matrix(targets!) };

  const walks = xs!.map((x, r) => {
    const answers: number[][] = [[...y0s![r]!]];
    for (let k = 0; k < steps; k++) answers.push(descend(layers, x, answers[k]!, stepSize));
    return answers;
  });
  tensors['outputs'] = { shape: [steps + 1, rows, size.y], data: flat(Array.from({ length: steps + 1 }, (_, k) => walks.map((walk) => walk[k]!))) };
  tensors['energies'] = { shape: [steps, rows], data: flat(Array.from({ length: steps }, (_, k) => walks.map((walk, r) => [energy(layers, xs![r]!, walk[k]!).energy]))) };

  const losses: number[] = [];
  const moments = layers.map((layer) => numbersOf(layer).map(() => ({ m: 0, v: 0 })));
  for (let t = 1; t <= size.iterations; t++) {
    const fixed = size.backprop === 'full' ? y0s! : xs!.map((x, r) => Array.from({ length: steps - 1 }).reduce<number[]>((y) => descend(layers, x, y, stepSize), y0s![r]!));
    const updates = size.backprop === 'full' ? steps : 1;
    const loss = () => mean(xs!.flatMap((x, r) => Array.from({ length: updates }).reduce<number[]>((y) => descend(layers, x, y, stepSize), fixed[r]!).map((value, i) => (value - targets![r]![i]!) ** 2)));
    losses.push(loss());
    const gradients = layers.map((layer) => numbersOf(layer).map((entry) => centralDifference(entry, loss)));
    if (t === 1) Object.assign(tensors, gradientTensors(layers, gradients));
    layers.forEach((layer, l) => {
      numbersOf(layer).forEach((entry, i) => {
        // No gradient reaches the last bias: a constant offset of E changes no answer.
        if (l === layers.length - 1 && i === numbersOf(layer).length - 1) return;
        const moment = moments[l]![i]!;
        const gradient = gradients[l]![i]!;
        moment.m = 0.9 * moment.m + 0.1 * gradient;
        moment.v = 0.999 * moment.v + 0.001 * gradient ** 2;
        entry.set(entry.get() - (size.learningRate * (moment.m / (1 - 0.9 ** t))) / (Math.sqrt(moment.v / (1 - 0.999 ** t)) + 1e-8));
      });
    });
  }
  tensors['losses'] = { shape: [size.iterations], data: Float32Array.from(losses) };
  Object.assign(tensors, named(`after${size.iterations}`, layers));
  const metadata = { method: 'irem', task: 'something else', rank: '0', hidden: String(size.hidden), batch: String(rows), steps: String(steps), step_size: stepSize.toFixed(3), learning_rate: String(size.learningRate), adam_iterations: String(size.iterations), backprop: size.backprop };
  return { tensors, metadata };
}

/** Writes a safetensors file. @returns its path. */
export function writeTensors(path: string, tensors: Readonly<Record<string, TensorToWrite>>, metadata: Readonly<Record<string, string>>): string {
  writeFileSync(path, Buffer.concat(encodeSafetensors(tensors, metadata)));
  return path;
}

function initial({ x, y, hidden, depth }: GoldenSize, seed: number): Layer[] {
  const widths = [x + y, ...Array<number>(depth).fill(hidden), 1];
  return widths.slice(1).map((out, l) => {
    const fanIn = widths[l]!;
    const draw = (count: number, index: number) => createRng(seed, 'golden layer', l, index).fillUniform(new Float32Array(count), -1.5 / Math.sqrt(fanIn), 1.5 / Math.sqrt(fanIn));
    return { weight: table(draw(out * fanIn, 0), fanIn), bias: [...draw(out, 1)] };
  });
}

interface Entry {
  get(): number;
  set(value: number): void;
}

/** A layer's numbers, weights first. */
const numbersOf = ({ weight, bias }: Layer): Entry[] =>
  [...weight, bias].flatMap((row) => row.map((_, i) => ({ get: () => row[i]!, set: (value: number) => void (row[i] = value) })));

function centralDifference(entry: Entry, loss: () => number): number {
  const step = 1e-5;
  const value = entry.get();
  entry.set(value + step);
  const above = loss();
  entry.set(value - step);
  const below = loss();
  entry.set(value);
  return (above - below) / (2 * step);
}

const named = (prefix: string, layers: readonly Layer[]): Record<string, TensorToWrite> =>
  Object.fromEntries(
    layers.flatMap(({ weight, bias }, l) => [
      [`${prefix}.fc${l + 1}.weight`, matrix(weight)],
      [`${prefix}.fc${l + 1}.bias`, { shape: [bias.length], data: Float32Array.from(bias) }],
    ]),
  );

function gradientTensors(layers: readonly Layer[], gradients: readonly number[][]): Record<string, TensorToWrite> {
  return Object.fromEntries(
    layers.flatMap(({ weight, bias }, l) => {
      const values = gradients[l]!;
      const weights = { shape: [weight.length, weight[0]!.length], data: Float32Array.from(values.slice(0, -bias.length)) };
      const entries: [string, TensorToWrite][] = [[`grad.fc${l + 1}.weight`, weights]];
      if (l < layers.length - 1) entries.push([`grad.fc${l + 1}.bias`, { shape: [bias.length], data: Float32Array.from(values.slice(-bias.length)) }]);
      return entries;
    }),
  );
}

const table = (values: Float32Array, width: number): number[][] => Array.from({ length: values.length / width }, (_, r) => [...values.subarray(r * width, (r + 1) * width)]);
const matrix = (rows: readonly Vector[]): TensorToWrite => ({ shape: [rows.length, rows[0]!.length], data: Float32Array.from(rows.flat()) });
const flat = (levels: readonly (readonly Vector[])[]): Float32Array => Float32Array.from(levels.flat(2));
const mean = (values: Vector): number => values.reduce((sum, value) => sum + value, 0) / values.length;
