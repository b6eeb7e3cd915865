/**
 * The folder after `--data` on the app's command line; undefined where it is not given. Everything else there is Chromium's
 * (switches), the system's (links) or, unpackaged, Electron's (the app's folder).
 */
export function dataOption(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => arg === '--data' || arg.startsWith('--data='));
  if (at === -1) return undefined;
  const arg = args[at]!;
  return arg === '--data' ? (args[at + 1] ?? '') : arg.slice('--data='.length);
}
