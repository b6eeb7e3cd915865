import { appRequests, type Preferences } from '../contract/api/app.ts';
import type { Host } from '../contract/channel/host.ts';

/** The theme that is set, as any page would learn it. A host that does not answer leaves it to the system. */
export async function themeOf(host: Host): Promise<Preferences['theme']> {
  const session = host.open(() => undefined);
  try {
    const answer = await session.handle('app.info', {});
    return answer.ok ? appRequests['app.info'].output.parse(answer.output).preferences.theme : 'system';
  } finally {
    session.close();
  }
}
