import { BasinError } from '../contract/errors.ts';

/** What the program's exit code says. */
export const EXIT = { fine: 0, failed: 1, usage: 2, diverged: 3, interrupted: 130 } as const;

/** Errors that a person mends by typing something else: options, settings, and names of runs that are not there. */
const USAGE = /^(usage|config|fork|resume)\.|^run\.(unknown|ambiguous|name)$|^checkpoint\.unknown$|^evaluate\.(harder|sizes)$|^nested\.|^store\.missing$|^import\.task$|^bench\.case$/;

/** The exit code for what a command threw. */
export const exitCodeFor = (thrown: unknown): number => (thrown instanceof BasinError && USAGE.test(thrown.code) ? EXIT.usage : EXIT.failed);
