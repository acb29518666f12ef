/** On one machine, beside a worker and PostgreSQL. What takes a thread of its own, such as reading reports, is not of it. */
const WEB_HEAP_MIB = 1024;
const WORKER_HEAP_MIB = 1536;

/** What Node is given to run the web. Without a limit it takes up to 4 GB before it looks for what nobody needs. */
export function webOptions(heapMiB = WEB_HEAP_MIB): string[] {
  return [`--max-old-space-size=${heapMiB}`];
}

/**
 * What Node is given to run a worker. A heap that grows by 15 % from one collection to the next keeps it under 256 MB where
 * 290 MB would be used, for a tenth more processor time; `--optimize-for-size` spares 25 MB more and costs a quarter. Threads
 * that collect garbage get in the way of those that parse: without them an audit takes a tenth less processor time.
 */
export function workerOptions(heapMiB = WORKER_HEAP_MIB): string[] {
  return [
    '--single-threaded-gc',
    '--max-semi-space-size=2',
    '--heap-growing-percent=15',
    `--max-old-space-size=${heapMiB}`,
  ];
}
