import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startUtility } from '../../../src-main/electron/programs.ts';
import { GOODBYE } from '../../../src-main/programs/owner.ts';
import type { ProgramExit } from '../../../src-main/programs/program.ts';

/** As Electron's: it has no pid before `spawn`, and takes its listeners off stderr after `exit`. */
class Child extends EventEmitter {
  pid: number | undefined;
  readonly stderr = new PassThrough();
  readonly sent: unknown[] = [];
  readonly kill = vi.fn(() => true);
  postMessage(message: unknown) {
    this.sent.push(message);
  }
  end(status: number) {
    this.emit('exit', status);
    this.stderr.removeAllListeners();
    this.pid = undefined;
  }
}

const made = vi.hoisted((): { child: unknown; path: string; options: unknown } => ({ child: undefined, path: '', options: undefined }));
vi.mock('electron', () => ({
  utilityProcess: {
    fork: (path: string, _args: string[], options: unknown) => {
      Object.assign(made, { path, options });
      return made.child;
    },
  },
}));

let child: Child;
beforeEach(() => (made.child = child = new Child()));

const exitOf = (program: ReturnType<typeof startUtility>) => new Promise<ProgramExit>((resolve) => program.onExit(resolve));

describe('a program as a utility process', () => {
  it('is started by its own file, and heard when it complains', () => {
    startUtility('trainer');
    expect(made.path).toMatch(/trainer[\\/]process\.ts$/);
    expect(made.options).toEqual({ serviceName: 'Basin trainer', stdio: ['ignore', 'ignore', 'pipe'] });
  });

  it('passes messages, and answers a goodbye by itself', () => {
    const program = startUtility('trainer');
    const heard: unknown[] = [];
    program.onMessage((message) => heard.push(message));
    program.send({ type: 'stop' });
    child.emit('message', { type: 'ready' });
    child.emit('message', GOODBYE);
    expect(child.sent).toEqual([{ type: 'stop' }, GOODBYE]);
    expect(heard).toEqual([{ type: 'ready' }]);
  });

  it('tells of its end with what it wrote last, also what comes after the end', async () => {
    const exit = exitOf(startUtility('trainer'));
    child.stderr.write('before; ');
    await new Promise(setImmediate);
    child.end(11);
    await new Promise(setImmediate);
    child.stderr.end('after\n');
    expect(await exit).toEqual({ code: null, signal: 'SIGSEGV', lastWords: 'before; after' });
  });

  it('does not wait for a stream that stays open', async () => {
    const exit = exitOf(startUtility('trainer'));
    child.end(1);
    expect(await exit).toEqual({ code: 1, signal: null, lastWords: '' });
  });

  it('says what V8 said', async () => {
    const exit = exitOf(startUtility('trainer'));
    child.emit('error', 'FatalError', 'Reached heap limit', '{}');
    child.end(133);
    child.stderr.end();
    expect(await exit).toMatchObject({ signal: 'SIGTRAP', lastWords: 'V8 could not go on (Reached heap limit)' });
  });

  it('is killed at once, or as soon as it is there; one that is gone already is no error', () => {
    const kill = vi.spyOn(process, 'kill').mockImplementation(() => true);
    const program = startUtility('trainer');
    program.kill();
    expect(kill).not.toHaveBeenCalled();
    child.pid = 4321;
    child.emit('spawn');
    expect(child.kill).toHaveBeenCalledOnce();
    program.kill();
    expect(kill).toHaveBeenCalledWith(4321, 'SIGKILL');
    kill.mockImplementation(() => {
      throw Object.assign(new Error('no such process'), { code: 'ESRCH' });
    });
    expect(() => program.kill()).not.toThrow();
    kill.mockRestore();
  });
});
