/** Kinds of work: each has its queue, its workers and, on a cluster, its pods. */
export const WORKER_KINDS = ['git', 'collect', 'judge', 'deliver', 'maintain'] as const;
export type WorkerKind = (typeof WORKER_KINDS)[number];
