/** The scheme of the window's page. It names nothing but the files of the built page: see protocol.ts. */
export const SCHEME = 'basin-app';
export const ORIGIN = `${SCHEME}://bundle`;

/** Whether an address is one of our page. The origin of a scheme of our own reads "null": protocol and host are compared. */
export function isOurs(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${SCHEME}:` && url.host === 'bundle' && url.username === '' && url.password === '';
}
