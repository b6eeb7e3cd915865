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

/** Fixed problems, solved again and again to see what a run has learned. Solving them changes nothing of the training. */
export class Probes {
  private readonly engine: Engine;
  private readonly config: RunConfig;
  private readonly solver: Solver;
  private readonly widthY: number;
  private readonly questions = new Map<Difficulty, Questions>();

  private constructor(engine: Engine, config: RunConfig, task: Task, solver: Solver) {
    this.engine = engine;
    this.config = config;
    this.solver = solver;
    this.widthY = task.widths.y;
    for (const difficulty of difficultiesOf(task)) {
      const { rows, x, y } = probeProblems(config, task, difficulty);
      const y0 = createRng(config.seed, `probe ${difficulty} answers`).fillUniform(new Float32Array(rows * task.widths.y), -1, 1);
      this.questions.set(difficulty, { rows, x, y0, target: y });
    }
  }

  /** Draws the problems and prepares the reasoning. Both depend on the configuration alone. */
  static async open(engine: Engine, config: RunConfig, task: Task): Promise<Probes> {
    return new Probes(engine, config, task, await openSolver(engine, config, task.widths, config.probe_problems, { keepAnswers: config.probe_answers > 0 }));
  }

  get difficulties(): Difficulty[] {
    return [...this.questions.keys()];
  }

  /** Solves the problems of one difficulty with the parameters as they are after `iteration`. */
  async solve(difficulty: Difficulty, iteration: number): Promise<ProbeResult> {
    const questions = this.questions.get(difficulty)!;
    const { probe_steps: steps } = this.config;
    const { energies, errors, gradientNorms, answers } = await this.solver.solve(questions, steps, await stepSizeNow(this.engine, this.config));
    const answersKept = Math.min(this.config.probe_answers, questions.rows);
    return {
      iteration,
      difficulty,
      steps,
      problems: questions.rows,
      energies,
      errors: errors!,
      gradientNorms,
      answers: answersKept === 0 ? new Float32Array(0) : firstRows(answers, { steps, rows: questions.rows, width: this.widthY, kept: answersKept }),
      answersKept,
    };
  }

  dispose(): Promise<void> {
    return this.solver.dispose();
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
