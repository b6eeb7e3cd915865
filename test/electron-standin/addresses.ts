/*
 * Chromium loads no scheme that it was not built with. A scheme of the app's own is shown to it as an https host under a name
 * that is reserved for tests, and translated back wherever the app meets an address: basin-app://bundle/runs is
 * https://bundle.basin-app.test/runs to the page alone.
 */

const schemes = new Set<string>();

/** From now on `scheme://host/…` is translated. */
export const addScheme = (scheme: string): void => void schemes.add(scheme);

export function toChromium(address: string): string {
  const found = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(address);
  return found && schemes.has(found[1]!.toLowerCase()) ? `https://${found[2]!}.${found[1]!.toLowerCase()}.test${found[3]!}` : address;
}

export function toApp(address: string): string {
  const found = /^https:\/\/([^/?#]*)\.([a-z0-9+-]+)\.test(?=[/?#]|$)(.*)$/is.exec(address);
  return found && schemes.has(found[2]!) ? `${found[2]!}://${found[1]!}${found[3]!}` : address;
}

/** The scheme of an address, without its colon. */
export const schemeOf = (address: string): string => /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]!.toLowerCase() ?? '';
