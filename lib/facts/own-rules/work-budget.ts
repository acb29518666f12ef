/** Time of threads for a team's own rules; whoever works on its account takes it off. */
export interface WorkBudget {
  leftMs: number;
}

/** Of one audit for what nobody has asked yet, whatever rules the team writes: other teams' audits wait meanwhile. */
const AUDIT_MS = 60_000;
/** Of each of very many shards at least: a large repository takes its time to read anyway. */
const LEAST_SHARD_MS = 10_000;
/** For what the cache has forgotten, or what the time was over for. */
const REREAD_MS = 10_000;

export function shardBudget(shards: number): WorkBudget {
  return { leftMs: Math.max(LEAST_SHARD_MS, AUDIT_MS / shards) };
}

export function rereadBudget(): WorkBudget {
  return { leftMs: REREAD_MS };
}

export function isSpent(budget: WorkBudget | undefined): boolean {
  return budget !== undefined && budget.leftMs <= 0;
}
