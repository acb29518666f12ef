import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import type { KeyedMatcher } from '@/lib/magics/own-rules/matcher';
import { skippedBlob } from '../collect-blob';
import { isSpent, type WorkBudget } from '../own-rules/work-budget';
import { type PackedBlob, packBlob } from '../packed-blob';
import type { BlobAnswer, BlobTask } from './blob-messages';
import { type BlobWorkerOptions, startBlobWorker, takeEarly } from './blob-worker';

export interface BlobPool {
  /** Facts of one blob. Rejects only when the signal fires or the pool is closed. */
  collect(path: string, bytes: Uint8Array, signal?: AbortSignal): Promise<PackedBlob>;
  /** Its shape alone, see `unpackShape`. Rejects as `collect`. */
  shape(path: string, bytes: Uint8Array, signal?: AbortSignal): Promise<PackedBlob>;
  /**
   * What patterns and queries find in one blob; null when that takes too long, the thread dies of it or the budget, from
   * which its time is taken, is spent. Rejects as `collect`.
   */
  match(
    path: string,
    bytes: Uint8Array,
    matchers: readonly KeyedMatcher[],
    options?: { signal?: AbortSignal | undefined; budget?: WorkBudget | undefined },
  ): Promise<Uint8Array | null>;
  close(): Promise<void>;
}

export interface BlobPoolOptions extends BlobWorkerOptions {
  /** Default: one less than there are cores, which leaves one to whoever feeds them; each takes some 45 MB. */
  threads?: number;
  /** A thread that needs longer for one file is replaced, and the file is skipped. */
  timeoutMs?: number;
  /** A thread that had nothing to do for so long is ended: it holds grammars and compiled code. */
  idleMs?: number;
  /** The same of one that has read much, and holds much. */
  idleLargeMs?: number;
}

interface Job extends BlobTask {
  attempts: number;
  budget?: WorkBudget | undefined;
  resolve(blob: PackedBlob): void;
  reject(error: unknown): void;
}

interface Thread {
  worker: Worker;
  /** Sent and not answered, oldest first. */
  jobs: Job[];
  timer: NodeJS.Timeout | null;
  /** When it began with its first job, by `performance.now`. */
  since: number;
  readBytes: number;
  hasAnswered: boolean;
  error: unknown;
}

/** Sent ahead, so that a thread finds its next file while its last answer is on the way. */
const IN_FLIGHT = 2;

/** After so much, a thread holds some 50 MB, which whoever comes after the reading has better use for. */
const MUCH_BYTES = 2 * 1024 ** 2;

/** Reads blobs in worker threads. Results do not depend on the number of threads nor on the order of calls. */
export function createBlobPool(options: BlobPoolOptions = {}): BlobPool {
  const size = Math.max(1, options.threads ?? Math.max(1, availableParallelism() - 1));
  const { entry, timeoutMs = 30_000, idleMs = 15_000, idleLargeMs = 200, maxHeapMb } = options;
  const isUsual = entry === undefined && maxHeapMb === undefined;
  const threads: Thread[] = [];
  const queue: Job[] = [];
  let lastId = 0;
  let isClosed = false;

  function pump(): void {
    while (queue.length > 0) {
      if (isSpent(queue[0]?.budget)) {
        queue.shift()?.resolve(packBlob(skippedBlob('timeout')));
        continue;
      }
      const thread = idlest();
      if (!thread) return;
      const job = queue.shift();
      if (!job) return;
      send(thread, job);
    }
  }

  function idlest(): Thread | null {
    const free = threads.reduce<Thread | null>(
      (best, thread) => (!best || thread.jobs.length < best.jobs.length ? thread : best),
      null,
    );
    if ((!free || free.jobs.length > 0) && threads.length < size) return start();
    return free && free.jobs.length < IN_FLIGHT ? free : null;
  }

  function start(): Thread {
    const worker = (isUsual && takeEarly()) || startBlobWorker({ entry, maxHeapMb });
    const thread: Thread = { worker, jobs: [], timer: null, since: 0, readBytes: 0, hasAnswered: false, error: null };
    threads.push(thread);
    worker.on('message', (answer: BlobAnswer) => settle(thread, answer));
    worker.on('error', (error) => {
      thread.error = error;
    });
    worker.on('exit', () => replace(thread, 'unreadable'));
    return thread;
  }

  function send(thread: Thread, job: Job): void {
    thread.jobs.push(job);
    thread.worker.ref();
    // Bytes of its own: a message takes the whole buffer along that its bytes are a part of.
    const bytes = new Uint8Array(job.bytes);
    thread.readBytes += bytes.length;
    const { id, path, matchers, wantsShape = false } = job;
    thread.worker.postMessage({ id, path, bytes, matchers, wantsShape } satisfies BlobTask, [bytes.buffer]);
    if (thread.jobs.length === 1) watch(thread);
  }

  function watch(thread: Thread): void {
    if (thread.timer) clearTimeout(thread.timer);
    thread.timer = null;
    if (thread.jobs.length === 0) {
      thread.worker.unref();
      const patience = thread.readBytes > MUCH_BYTES ? Math.min(idleMs, idleLargeMs) : idleMs;
      thread.timer = setTimeout(() => replace(thread, null), patience).unref();
      return;
    }
    thread.since = performance.now();
    // Timers may fire a moment early.
    const leftMs = Math.ceil(Math.max(0, thread.jobs[0]?.budget?.leftMs ?? timeoutMs)) + 1;
    thread.timer = setTimeout(() => replace(thread, 'timeout'), Math.min(timeoutMs, leftMs));
  }

  function charge({ since }: Thread, { budget }: Job): void {
    if (budget) budget.leftMs -= performance.now() - since;
  }

  function settle(thread: Thread, { id, blob, isWorn }: BlobAnswer): void {
    const [job] = thread.jobs;
    thread.hasAnswered = true;
    if (job?.id !== id) return;
    thread.jobs.shift();
    charge(thread, job);
    job.resolve(blob);
    watch(thread);
    if (isWorn && thread.jobs.length === 0) replace(thread, null);
    pump();
  }

  /** Ends a thread; its first file is skipped when it is to blame, the others are read elsewhere. */
  function replace(thread: Thread, reason: string | null): void {
    const index = threads.indexOf(thread);
    if (index < 0) return;
    threads.splice(index, 1);
    if (thread.timer) clearTimeout(thread.timer);
    const [first, ...others] = thread.jobs;
    thread.jobs = [];
    if (first) {
      first.attempts++;
      charge(thread, first);
      // A thread may die of what earlier files left behind, and a machine may stand still: what happens a second time, in
      // a fresh thread, is the file's own.
      const isGuilty = first.attempts > 1 || isSpent(first.budget);
      if (!thread.hasAnswered && isBroken(thread.error)) first.reject(thread.error);
      else if (isGuilty) first.resolve(packBlob(skippedBlob(reason)));
      else queue.unshift(first);
    }
    queue.unshift(...others);
    void thread.worker.terminate();
    if (!isClosed) pump();
  }

  return {
    collect: (path, bytes, signal) => ask({ path, bytes }, signal),
    shape: (path, bytes, signal) => ask({ path, bytes, wantsShape: true }, signal),
    async match(path, bytes, matchers, { signal, budget } = {}) {
      const { data, skipped } = await ask({ path, bytes, matchers, budget }, signal);
      return skipped === null ? data : null;
    },
    async close() {
      isClosed = true;
      const running = threads.splice(0);
      for (const job of [...queue.splice(0), ...running.flatMap((thread) => thread.jobs)]) {
        job.reject(new Error('blob pool is closed'));
      }
      await Promise.all(
        running.map((thread) => {
          if (thread.timer) clearTimeout(thread.timer);
          return thread.worker.terminate();
        }),
      );
    },
  };

  function ask(task: Omit<BlobTask, 'id'> & Pick<Job, 'budget'>, signal: AbortSignal | undefined): Promise<PackedBlob> {
    if (isClosed) return Promise.reject(new Error('blob pool is closed'));
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      lastId++;
      const onAbort = () => signal && abort(job, signal);
      // The signal outlives the file: a listener left behind would keep its bytes.
      const settled =
        <Value>(tell: (value: Value) => void) =>
        (value: Value) => {
          signal?.removeEventListener('abort', onAbort);
          tell(value);
        };
      const job: Job = { ...task, id: lastId, attempts: 0, resolve: settled(resolve), reject: settled(reject) };
      queue.push(job);
      signal?.addEventListener('abort', onAbort, { once: true });
      pump();
    });
  }

  function abort(job: Job, signal: AbortSignal): void {
    const waiting = queue.indexOf(job);
    if (waiting >= 0) queue.splice(waiting, 1);
    job.reject(signal.reason);
  }
}

/** The thread's program itself does not load: no file is to blame. */
function isBroken(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return error !== null && code !== 'ERR_WORKER_OUT_OF_MEMORY';
}
