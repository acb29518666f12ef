import { readFileSync } from 'node:fs';

const EVERY_MS = 5_000;
/** What grows by less between the middle and the end of a run is no leak. */
const FLAT_SHARE = 0.1;

export interface Watched {
  name: string;
  pid: number;
}

export interface MemoryWatch {
  /** Mean megabytes in the second and in the last quarter: in the first, caches fill. */
  early: number;
  late: number;
  text: string;
}

/** Resident memory of processes, read now and then until it is stopped. */
export function watchMemory(processes: readonly Watched[]): { stop(): MemoryWatch[] } {
  const read = processes.map(() => [] as number[]);
  const timer = setInterval(() => {
    for (const [at, { pid }] of processes.entries()) read[at]?.push(residentMb(pid));
  }, EVERY_MS);
  return {
    stop() {
      clearInterval(timer);
      return processes.map(({ name }, at) => summarise(name, read[at] ?? []));
    },
  };
}

export function isFlat({ early, late }: MemoryWatch): boolean {
  return late <= early * (1 + FLAT_SHARE);
}

function summarise(name: string, values: readonly number[]): MemoryWatch {
  const quarter = Math.floor(values.length / 4);
  const early = mean(values.slice(quarter, 2 * quarter));
  const late = mean(values.slice(-quarter));
  const most = Math.max(0, ...values);
  return {
    early,
    late,
    text: `memory of ${name}: ${early.toFixed(0)} MB early, ${late.toFixed(0)} MB late, at most ${most.toFixed(0)} MB`,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function residentMb(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
}
