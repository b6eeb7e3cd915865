import { nativeTheme } from 'electron';
import type { Preferences } from '../contract/api/app.ts';
import type { Output, Payload, PushName } from '../contract/api/index.ts';
import type { Host, HostSession } from '../contract/channel/host.ts';
import { fromErrorData } from '../contract/errors.ts';

/** What the app does with what the host tells. */
export interface Listener {
  /** The person prefers another theme. */
  themed(): void;
  /** Something that a person should read, wherever they are. */
  noticed(notice: Payload<'notice'>): void;
}

/** The app as a client of its own host: it follows the preferences, and hears what people should read. */
export class OwnClient {
  readonly #session: HostSession;
  #preferences: Preferences | undefined;

  constructor(host: Host, listener: Listener) {
    this.#session = host.open(<Name extends PushName>(name: Name, payload: Payload<Name>) => {
      if (name === 'preferences.changed') {
        const before = this.#preferences?.theme;
        this.#follow((payload as Payload<'preferences.changed'>).preferences);
        if (this.theme !== before) listener.themed();
      }
      if (name === 'notice' && this.#preferences?.notifications) listener.noticed(payload as Payload<'notice'>);
    });
  }

  get theme(): Preferences['theme'] {
    return this.#preferences?.theme ?? 'system';
  }

  /** Reads the preferences; to be done before there is a window. @throws BasinError `store.*` */
  async load(): Promise<void> {
    this.#follow(((await this.#ask('app.info', {})) as Output<'app.info'>).preferences);
  }

  /** @throws BasinError `store.*` */
  async useTheme(theme: Preferences['theme']): Promise<void> {
    await this.#ask('app.prefer', { theme });
  }

  #follow(preferences: Preferences): void {
    this.#preferences = preferences;
    nativeTheme.themeSource = preferences.theme;
  }

  async #ask(name: string, input: unknown): Promise<unknown> {
    const answer = await this.#session.handle(name, input);
    if (!answer.ok) throw fromErrorData(answer.error);
    return answer.output;
  }
}
