import { EventEmitter } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { connectOwner, GOODBYE } from '../../../src-main/programs/owner.ts';

class Port extends EventEmitter {
  readonly sent: unknown[] = [];
  postMessage(message: unknown) {
    this.sent.push(message);
  }
  receive(data: unknown) {
    this.emit('message', { data, ports: [] });
  }
}

describe('in Electron’s utility process', () => {
  afterEach(() => {
    delete (process as { parentPort?: unknown }).parentPort;
    vi.restoreAllMocks();
  });

  function connected() {
    const port = new Port();
    Object.defineProperty(process, 'parentPort', { value: port, configurable: true });
    return { port, owner: connectOwner<{ said: number }, { told: number }>() };
  }

  it('messages pass over the port', async () => {
    const { port, owner } = connected();
    const heard: unknown[] = [];
    owner.onMessage((message) => heard.push(message));
    await owner.send({ said: 1 });
    port.receive({ told: 2 });
    expect(port.sent).toEqual([{ said: 1 }]);
    expect(heard).toEqual([{ told: 2 }]);
  });

  it('the program ends only when its owner has answered its goodbye: by then all that was sent has arrived', async () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    const { port, owner } = connected();
    const heard: unknown[] = [];
    owner.onMessage((message) => heard.push(message));
    await owner.send({ said: 1 });
    void owner.exit();
    await Promise.resolve();
    expect(port.sent).toEqual([{ said: 1 }, GOODBYE]);
    port.receive({ told: 3 });
    expect(exit).not.toHaveBeenCalled();
    port.receive(GOODBYE);
    expect(exit).toHaveBeenCalledOnce();
    expect(heard).toEqual([{ told: 3 }]);
  });
});

it('a program that nobody of ours started says so', () => {
  const send = Object.getOwnPropertyDescriptor(process, 'send');
  Object.defineProperty(process, 'send', { value: undefined, configurable: true });
  try {
    expect(() => connectOwner()).toThrow('started by Basin');
  } finally {
    if (send) Object.defineProperty(process, 'send', send);
  }
});
