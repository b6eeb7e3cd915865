import { z } from 'zod';

/*
 * zod as every schema of ours gets it. Where a page runs, its content policy forbids `eval`, with which zod compiles schemas as they
 * are made: so it is switched off before the first one, in the one module that all of them import. Node keeps the compiled ones.
 */
if ('document' in globalThis) z.config({ jitless: true });

export { z };
