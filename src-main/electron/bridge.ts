import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { REQUEST_NAMES } from '../contract/api/request-names.ts';
import type { Host, HostSession } from '../contract/channel/host.ts';
import type { Answer } from '../contract/channel/message.ts';
import { BasinError, toErrorData } from '../contract/errors.ts';
import { OPEN, PUSH, requestChannel } from './channels.ts';
import { isOurs } from './origin.ts';

/** Connects windows to a host: one channel a request, and one for what the host tells. */
export class Bridge {
  readonly #host: Host;
  /** The conversation with each window's page. */
  readonly #sessions = new Map<WebContents, HostSession>();
  readonly #watched = new WeakSet<WebContents>();
  /** Pages that do not take their messages. */
  readonly #stuck = new WeakSet<WebContents>();
  #onOpen: () => void = () => undefined;

  constructor(host: Host) {
    this.#host = host;
    ipcMain.on(OPEN, (event) => {
      if (isFromPage(event)) this.#open(event.sender);
    });
    for (const name of REQUEST_NAMES) {
      ipcMain.handle(requestChannel(name), (event, input: unknown): Answer | Promise<Answer> => {
        const session = isFromPage(event) ? this.#sessions.get(event.sender) : undefined;
        return session ? session.handle(name, input) : refused(name);
      });
    }
  }

  /** Called whenever a page has connected. */
  set onOpen(listener: () => void) {
    this.#onOpen = listener;
  }

  /** Whether a window's page is connected. */
  isOpen(contents: WebContents): boolean {
    return this.#sessions.has(contents);
  }

  /** A page that was loaded anew begins a new conversation. */
  #open(contents: WebContents): void {
    this.#watch(contents);
    this.#sessions.get(contents)?.close();
    const push = (name: string, payload: unknown) => {
      if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(PUSH, name, payload);
    };
    this.#sessions.set(contents, this.#host.open(push, { congested: () => this.#stuck.has(contents) }));
    this.#onOpen();
  }

  #watch(contents: WebContents): void {
    if (this.#watched.has(contents)) return;
    this.#watched.add(contents);
    const close = () => {
      this.#stuck.delete(contents);
      this.#sessions.get(contents)?.close();
      this.#sessions.delete(contents);
    };
    contents.on('destroyed', close);
    contents.on('render-process-gone', close);
    contents.on('unresponsive', () => void this.#stuck.add(contents));
    contents.on('responsive', () => void this.#stuck.delete(contents));
  }
}

/** Only the page of ours, and not something inside it, is answered. */
const isFromPage = ({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean => senderFrame !== null && senderFrame.parent === null && isOurs(senderFrame.url);

const refused = (name: string): Answer => ({
  ok: false,
  error: toErrorData(new BasinError('app.sender', `"${name}" was refused: only Basin's own page may ask, after it has connected`, { kind: 'bug', details: { name } })),
});
