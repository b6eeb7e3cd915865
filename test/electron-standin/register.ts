import { registerHooks } from 'node:module';
import { takeControl } from './control.ts';

/* `node --import ./test/electron-standin/register.ts dist/main/electron.js` runs the desktop app without Electron. */

const STANDIN = new URL('electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) => (specifier === 'electron' ? { url: STANDIN, shortCircuit: true } : next(specifier, context)),
});
takeControl();
