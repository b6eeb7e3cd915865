// Runs the rest of the command line on Node 24, whatever the system's Node is.
import { main, runNode } from './toolchain.mjs';
await main(() => runNode(process.argv.slice(2)));
