import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import type { MachineLoad } from '../../contract/api/app.ts';
import { endChild } from '../../programs/end-child.ts';

const EVERY_MS = 1000;
const MIB = 2 ** 20;

/** Watches what the machine is doing while someone wants to know. */
export class LoadWatch {
  readonly #tell: (load: MachineLoad) => void;
  #timer: NodeJS.Timeout | undefined;
  #ticks = ticks();
  #gpu: MachineLoad['gpu'] = null;
  #monitor: ChildProcess | undefined;
  /** Set once no GPU answered: it is not asked again. */
  #hasNoGpu = false;

  constructor(tell: (load: MachineLoad) => void) {
    this.#tell = tell;
  }

  set wanted(wanted: boolean) {
    if (wanted === (this.#timer !== undefined)) return;
    if (!wanted) {
      this.close();
      return;
    }
    this.#ticks = ticks();
    this.#timer = setInterval(() => this.#tell(this.#measure()), EVERY_MS).unref();
    if (!this.#hasNoGpu) this.#watchGpu();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#monitor) endChild(this.#monitor);
    this.#monitor = undefined;
    this.#gpu = null;
  }

  #measure(): MachineLoad {
    const now = ticks();
    const total = now.total - this.#ticks.total;
    const cpu = total > 0 ? 1 - (now.idle - this.#ticks.idle) / total : null;
    this.#ticks = now;
    const memoryTotal = os.totalmem();
    return { cpu, memoryUsed: memoryTotal - availableMemory(), memoryTotal, gpu: this.#gpu };
  }

  /** NVIDIA's own tool prints a line a second until it is ended; elsewhere there is none, and the GPU stays unknown. */
  #watchGpu(): void {
    const monitor = spawn('nvidia-smi', ['--query-gpu=name,utilization.gpu,memory.used,memory.total', '--format=csv,noheader,nounits', '-l', '1'], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#monitor = monitor;
    const end = () => {
      if (this.#monitor !== monitor) return;
      this.#hasNoGpu = this.#gpu === null;
      this.#gpu = null;
      this.#monitor = undefined;
    };
    monitor.on('error', end);
    monitor.on('exit', end);
    monitor.unref();
    let rest = '';
    monitor.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      this.#gpu = gpuOf(lines) ?? this.#gpu;
    });
  }
}

/** The first GPU of the newest lines: "name, utilisation %, MiB used, MiB total"; what it does not know is not a number. */
export function gpuOf(lines: readonly string[]): MachineLoad['gpu'] | undefined {
  const fields = lines.find((line) => line.split(',').length >= 4)?.split(',').map((field) => field.trim());
  if (!fields) return undefined;
  const number = (text: string, scale: number) => (Number.isFinite(Number(text)) && text !== '' ? Number(text) * scale : null);
  const [total, used, utilisation] = fields.slice(-3).reverse();
  return { name: fields.slice(0, -3).join(', '), utilisation: number(utilisation!, 0.01), memoryUsed: number(used!, MIB), memoryTotal: number(total!, MIB) };
}

/** Processor time since the machine started, over all processors. */
function ticks(): { idle: number; total: number } {
  let idle = 0;
  let total = 0;
  for (const { times } of os.cpus()) {
    idle += times.idle;
    total += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { idle, total };
}

/** What programs can still get: on Linux free memory alone would count the disk's cache as used. */
function availableMemory(): number {
  try {
    const kib = /^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'latin1'))?.[1];
    if (kib !== undefined) return Number(kib) * 1024;
  } catch {
    // Not Linux.
  }
  return os.freemem();
}
