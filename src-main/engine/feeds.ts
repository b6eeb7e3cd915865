import { BasinError } from '../contract/errors.ts';
import type { Arrays, Shape, Stage } from '../methods/types.ts';

/**
 * The feeds of a program, complete and of the right lengths.
 *
 * @param times repetitions of the repeated stages
 * @throws BasinError `engine.feed` naming the feed that is missing, unknown or too long or short.
 */
export function checkFeeds(stages: readonly Stage[], feeds: Arrays, times: number): Arrays {
  const refuse = (message: string): never => {
    throw new BasinError('engine.feed', message, { kind: 'bug' });
  };
  const known = new Set<string>();
  for (const { step, perRepetition } of stages) {
    for (const [name, shape] of Object.entries(step.inputs)) {
      known.add(name);
      const expected = shape.reduce((a, b) => a * b, 1) * (perRepetition?.includes(name) ? times : 1);
      const given = feeds[name];
      if (!given) refuse(`${step.name} needs the input "${name}" [${shape.join(', ')}], and it was not given`);
      else if (given.length !== expected) refuse(`${step.name}: the input "${name}" has ${given.length} numbers; [${shape.join(', ')}]${perRepetition?.includes(name) ? ` × ${times} repetitions` : ''} needs ${expected}`);
    }
  }
  for (const name of Object.keys(feeds)) if (!known.has(name)) refuse(`There is no input "${name}"; inputs are ${[...known].join(', ')}`);
  return feeds;
}

/** @throws BasinError `engine.state` naming the entry whose numbers are missing, too many or too few for its shape. */
export function checkState(values: Arrays, shapes: Readonly<Record<string, Shape>>): void {
  for (const [name, shape] of Object.entries(shapes)) {
    const given = values[name]?.length ?? 0;
    if (given !== shape.reduce((a, b) => a * b, 1)) throw new BasinError('engine.state', `"${name}" [${shape.join(', ')}] was given ${given} numbers`, { kind: 'bug', details: { name } });
  }
}
