import type { RunConfig } from '../contract/config.ts';
import type { ProbeResult } from '../contract/events.ts';
import type { Engine } from '../engine/types.ts';
import { createRng } from '../tasks/rng.ts';
import type { Difficulty, Problems, Task } from '../tasks/types.ts';
import { openSolver, stepSizeNow, type Questions, type Solver } from './evaluation.ts';
import { mean } from './telemetry.ts';

export const difficultiesOf = ({ hasHarder }: Task): Difficulty[] => (hasHarder ? ['same', 'harder'] : ['same']);

/** The problems that a run is probed with: its seed decides them. */
export const probeProblems = (config: RunConfig, task: Task, difficulty: Difficulty): Problems => task.sample(createRng(config.seed, `probe ${difficulty}`), config.probe_problems, difficulty, 'test');

/** Problems of one difficulty, and what solves them: difficulties whose problems are equally wide share it. */
type Asked = Questions & { readonly solver: Solver; readonly width: number };

/** Fixed problems, solved again and again to see what a run has learned. Solving them changes nothing of the training. */
export class Probes {
  private readonly engine: Engine;
  private readonly config: RunConfig;
  private readonly questions: ReadonlyMap<Difficulty, Asked>;

  private constructor(engine: Engine, config: RunConfig, questions: ReadonlyMap<Difficulty, Asked>) {
    this.engine = engine;
    this.config = config;
    this.questions = questions;
  }

  /** Draws the problems and prepares the reasoning. Both depend on the configuration alone. */
  static async open(engine: Engine, config: RunConfig, task: Task): Promise<Probes> {
    const solvers = new Map<number, Solver>();
    const questions = new Map<Difficulty, Asked>();
    for (const difficulty of difficultiesOf(task)) {
      const { widths } = task.shapesOf(difficulty);
      const solver = solvers.get(widths.x) ?? (await openSolver(engine, config, widths, config.probe_problems, { keepAnswers: config.probe_answers > 0 }));
      solvers.set(widths.x, solver);
      const { rows, x, y } = probeProblems(config, task, difficulty);
      const y0 = createRng(config.seed, `probe ${difficulty} answers`).fillUniform(new Float32Array(y.length), -1, 1);
      questions.set(difficulty, { rows, x, y0, target: y, solver, width: widths.y });
    }
    return new Probes(engine, config, questions);
  }

  get difficulties(): Difficulty[] {
    return [...this.questions.keys()];
  }

  /** Solves the problems of one difficulty with the parameters as they are after `iteration`. */
  async solve(difficulty: Difficulty, iteration: number): Promise<ProbeResult> {
    const questions = this.questions.get(difficulty)!;
    const { probe_steps: steps } = this.config;
    const { energies, errors, gradientNorms, answers } = await questions.solver.solve(questions, steps, await stepSizeNow(this.engine, this.config));
    const answersKept = Math.min(this.config.probe_answers, questions.rows);
    return {
      iteration,
      difficulty,
      steps,
      problems: questions.rows,
      energies,
      errors: errors!,
      gradientNorms,
      answers: answersKept === 0 ? new Float32Array(0) : firstRows(answers, { steps, rows: questions.rows, width: questions.width, kept: answersKept }),
      answersKept,
    };
  }

  async dispose(): Promise<void> {
    for (const solver of new Set([...this.questions.values()].map((asked) => asked.solver))) await solver.dispose();
  }
}

/** Mean squared error of the last answers. */
export const finalError = ({ errors, problems, steps }: ProbeResult): number => mean(errors, steps * problems, (steps + 1) * problems);

/** [steps + 1, rows, width] → [steps + 1, kept, width] */
function firstRows(answers: Float32Array, { steps, rows, width, kept }: { steps: number; rows: number; width: number; kept: number }): Float32Array {
  const first = new Float32Array((steps + 1) * kept * width);
  for (let k = 0; k <= steps; k++) first.set(answers.subarray(k * rows * width, (k * rows + kept) * width), k * kept * width);
  return first;
}
