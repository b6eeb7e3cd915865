/** Chromium's DevTools protocol over one WebSocket. */
export class Cdp {
  readonly #socket: WebSocket;
  readonly #open = new Map<number, { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void; readonly method: string }>();
  readonly #sessions = new Map<string, CdpSession>();
  /** The browser itself. */
  readonly browser: CdpSession;
  #next = 1;
  #gone: string | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.browser = new CdpSession(this, '');
    this.#sessions.set('', this.browser);
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(data as string) as Received));
    socket.addEventListener('close', () => this.#close('Chromium has ended'));
  }

  static connect(url: string): Promise<Cdp> {
    const socket = new WebSocket(url);
    return new Promise((resolve, reject) => {
      socket.addEventListener('open', () => resolve(new Cdp(socket)));
      socket.addEventListener('error', () => reject(new Error(`no connection to Chromium at ${url}`)));
    });
  }

  session(id: string): CdpSession {
    const session = this.#sessions.get(id) ?? new CdpSession(this, id);
    this.#sessions.set(id, session);
    return session;
  }

  call<T>(sessionId: string, method: string, params: object): Promise<T> {
    if (this.#gone !== undefined) return Promise.reject(new Error(`${method}: ${this.#gone}`));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve, reject, method });
      this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }));
    });
  }

  close(): void {
    this.#socket.close();
  }

  #receive({ id, method, params, result, error, sessionId = '' }: Received): void {
    if (id === undefined) {
      if (method === 'Target.detachedFromTarget') this.#detached((params as { sessionId: string }).sessionId);
      this.session(sessionId).emit(method!, params);
      return;
    }
    const call = this.#open.get(id);
    this.#open.delete(id);
    if (error) call?.reject(new Error(`${call.method}: ${error.message}`));
    else call?.resolve(result as never);
  }

  #detached(sessionId: string): void {
    this.#sessions.get(sessionId)?.emit('detached', undefined);
    this.#sessions.delete(sessionId);
  }

  #close(reason: string): void {
    this.#gone = reason;
    for (const { reject, method } of this.#open.values()) reject(new Error(`${method}: ${reason}`));
    this.#open.clear();
  }
}

interface Received {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

/** The protocol of one target. */
export class CdpSession {
  readonly id: string;
  readonly #cdp: Cdp;
  readonly #listeners = new Map<string, ((params: never) => void)[]>();

  constructor(cdp: Cdp, id: string) {
    this.#cdp = cdp;
    this.id = id;
  }

  /** @throws Error what Chromium refused with, or that it is gone */
  call<T = unknown>(method: string, params: object = {}): Promise<T> {
    return this.#cdp.call(this.id, method, params);
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- what a method tells is the caller's knowledge
  on<Params>(method: string, listener: (params: Params) => void): void {
    this.#listeners.set(method, [...(this.#listeners.get(method) ?? []), listener]);
  }

  emit(method: string, params: unknown): void {
    for (const listener of this.#listeners.get(method) ?? []) listener(params as never);
  }
}
