import { BasinError } from '../contract/errors.ts';
import { ENGINES, type Device, type EngineId, type EngineKind } from '../engine/types.ts';

/** What a person asks for: either part may be left open. */
export interface EngineWish {
  readonly engine?: EngineKind | 'auto';
  readonly device?: Device;
}

export const ENGINE_KINDS: readonly EngineKind[] = [...new Set(ENGINES.map(({ engine }) => engine))];
export const DEVICES: readonly Device[] = [...new Set(ENGINES.map(({ device }) => device))];

export const engineText = ({ engine, device }: { engine: string; device: string }): string => `${engine}/${device}`;

/**
 * Every engine that a wish allows.
 *
 * @throws BasinError `usage.engine` for an engine that does not exist on that device
 */
export function candidates({ engine = 'auto', device }: EngineWish = {}): readonly EngineId[] {
  const found = ENGINES.filter((id) => (engine === 'auto' || id.engine === engine) && (device === undefined || id.device === device));
  if (found.length === 0) throw new BasinError('usage.engine', `--engine ${engine} does not run on --device ${device ?? 'any'}; there are ${ENGINES.map(engineText).join(', ')}`);
  return found;
}

/** The engine that is meant without trying any: the first one that a wish allows, compiled/cpu when it says nothing. */
export function plainEngine(wish: EngineWish | undefined): EngineId {
  const allowed = candidates(wish);
  return allowed.find(({ device }) => device === 'cpu') ?? allowed[0]!;
}
