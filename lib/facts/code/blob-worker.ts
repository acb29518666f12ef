import { setFlagsFromString } from 'node:v8';
import type { Worker } from 'node:worker_threads';
import { startThread } from '@/lib/start-thread';

/** What a file leaves behind is garbage with its answer: more room would only be memory. */
const YOUNG_HEAP_MB = 12;
const HEAP_MB = 512;

/**
 * Threads live for seconds. Optimising their code later spares a fifth of an audit's time; optimising grammars later
 * spares a sixth more and 50 MB: one function of a grammar can take seconds and tens of megabytes to compile well. An
 * engine complains of a flag it does not know: that of Node 22 counts calls.
 */
const OPTIMISE_LATER = [
  Number.parseInt(process.versions.node, 10) >= 22
    ? '--invocation-count-for-turbofan=9000'
    : '--interrupt-budget=400000',
  '--wasm-tiering-budget=200000000',
];

export interface BlobWorkerOptions {
  /** The thread's program; default: beside this file, or beside the bundle that holds it. */
  entry?: URL | undefined;
  maxHeapMb?: number | undefined;
}

/** Starts a thread that reads blobs; the process does not wait for it. */
export function startBlobWorker({ entry, maxHeapMb = HEAP_MB }: BlobWorkerOptions = {}): Worker {
  for (const flag of OPTIMISE_LATER) setFlagsFromString(flag);
  const resourceLimits = { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: YOUNG_HEAP_MB };
  const worker = startThread({ source: 'lib/facts/code/blob-thread.ts', entry, resourceLimits });
  worker.unref();
  return worker;
}

let early: Worker | null = null;

/** Starts one before it is known what there is to read, for `takeEarly`. */
export function startEarly(): void {
  const worker = startBlobWorker();
  const forget = () => {
    if (early === worker) early = null;
  };
  // Whoever takes it hears of its end; before, another is simply started.
  worker.once('error', forget);
  worker.once('exit', forget);
  early = worker;
}

/** Ends the thread that was started early and that nobody took. */
export async function endEarly(): Promise<void> {
  await takeEarly()?.terminate();
}

/** The thread that was started early, once. */
export function takeEarly(): Worker | null {
  const worker = early;
  early = null;
  return worker;
}
