/** The scheme of links that open Basin from elsewhere: basin://runs/3 */
export const LINK_SCHEME = 'basin';

const PAGES = /^\/(runs(\/\d{1,15})?|new|compare|replay(\/\d{1,15})?|reproduce|settings)$/;
/** A view's link holds the runs and settings that it shows. */
const LONGEST = 16 * 1024;

/** The page that a link names, e.g. "/runs/3"; undefined for anything else: links come from anywhere. */
export function pageOfLink(link: string): string | undefined {
  if (link.length > LONGEST) return undefined;
  const url = URL.parse(link);
  if (url?.protocol !== `${LINK_SCHEME}:` || url.username !== '' || url.password !== '') return undefined;
  // Between "basin:" and the path may be two slashes, three, or none.
  const path = `/${url.host}${url.pathname}`.replace(/^\/+/, '/').replace(/(?<=.)\/$/, '');
  return PAGES.test(path) ? path + url.search : undefined;
}

/** The page that a command line asks for: systems other than macOS hand a link over as an argument. */
export function pageOfArguments(args: readonly string[]): string | undefined {
  return args.map(pageOfLink).find((page) => page !== undefined);
}
