import { endWhenUnread } from './interrupt.ts';
import { runCommandLine } from './program.ts';

/** The `basin` program. */
endWhenUnread();
await runCommandLine(process.argv.slice(2));
