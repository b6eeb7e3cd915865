import { endWhenUnread } from '../terminal/interrupt.ts';
import { runCommandLine } from './program.ts';

/** The `basin` program. */
endWhenUnread();
await runCommandLine(process.argv.slice(2));
