import { isAppError } from '@/lib/errors';
import type { Logger } from '@/lib/logger';
import { STRATEGIES } from '@/lib/scaling/strategies/strategies';
import type { Memory, Observed, Reason, StrategyId, Target } from '@/lib/scaling/strategies/strategy';

/** The scale subresource of what runs a worker kind. */
export interface Scale {
  replicas: number;
  /** What it was read as: a write over a newer one is refused. */
  resourceVersion: string;
}

export interface ScalingParts {
  kinds: readonly string[];
  /** Whether this process holds the lease now. */
  isLeader: () => boolean;
  /** What is aimed at, by which strategy, and by which the cluster would where that is none for us. */
  readTarget: (kind: string) => Promise<{ strategy: StrategyId; ofCluster: StrategyId; target: Target }>;
  /** How a kind stands, but for the replicas, which the scale tells. */
  readBacklog: (kind: string) => Promise<Omit<Observed, 'replicas'>>;
  /** Throws `not_found` for what is not there. */
  getScale: (kind: string) => Promise<Scale>;
  /** Throws `conflict` when the scale is not the one that was read, `not_found` when it is gone. */
  setScale: (kind: string, scale: Scale) => Promise<void>;
  log: Logger;
}

export interface RoundResult {
  kind: string;
  /**
   * `kept`: as it should be. `failed`: nobody knows, so nothing was changed. `not-carried-out`: neither what the owner chose
   * nor what the cluster has is for us to do.
   */
  outcome: 'changed' | 'kept' | 'conflict' | 'missing' | 'failed' | 'not-leader' | 'not-carried-out';
  from: number | null;
  to: number | null;
  reason: Reason | null;
}

/** Strategies that an engine of the cluster carries out, or that change no number. No engine scales the kinds we look at. */
const NOT_OURS: ReadonlySet<StrategyId> = new Set(['hpa', 'vpa', 'custom']);

/**
 * Brings each kind to the number of replicas that its strategy wants, one look a round. Only the leader changes anything; what
 * it remembers is forgotten with the lease, so that a new leader begins with what it sees. A kind that fails leaves the others
 * alone and keeps its replicas: not knowing is no reason to take any away.
 */
export function createScalingController(parts: ScalingParts): { round: () => Promise<RoundResult[]> } {
  const memories = new Map<string, Memory>();
  const told = new Map<string, StrategyId>();
  /** What is carried out; told once for each choice that cannot be. */
  const carriedOut = (kind: string, chosen: StrategyId, ofCluster: StrategyId): StrategyId | null => {
    if (!NOT_OURS.has(chosen)) {
      told.delete(kind);
      return chosen;
    }
    const instead = NOT_OURS.has(ofCluster) ? null : ofCluster;
    if (told.get(kind) !== chosen) parts.log.warn({ kind, chosen, instead }, 'strategy cannot be carried out here');
    told.set(kind, chosen);
    return instead;
  };
  const roundOf = async (kind: string): Promise<RoundResult> => {
    const { strategy: chosen, ofCluster, target } = await parts.readTarget(kind);
    const { replicas: from, resourceVersion } = await parts.getScale(kind);
    const strategy = carriedOut(kind, chosen, ofCluster);
    if (strategy === null) return { kind, outcome: 'not-carried-out', from, to: from, reason: null };
    const observed = { ...(await parts.readBacklog(kind)), replicas: from };
    const { replicas: to, reason, memory } = STRATEGIES[strategy].decide(observed, target, memories.get(kind) ?? []);
    memories.set(kind, memory);
    if (to === from) return { kind, outcome: 'kept', from, to, reason };
    if (!parts.isLeader()) return { kind, outcome: 'not-leader', from, to: from, reason };
    await parts.setScale(kind, { replicas: to, resourceVersion });
    parts.log.info({ kind, from, to, reason: reason.id, ...reason.data }, 'workers scaled');
    return { kind, outcome: 'changed', from, to, reason };
  };
  return {
    round: async () => {
      if (!parts.isLeader()) {
        memories.clear();
        return parts.kinds.map((kind) => ({ kind, outcome: 'not-leader', from: null, to: null, reason: null }));
      }
      const results: RoundResult[] = [];
      for (const kind of parts.kinds) {
        results.push(await roundOf(kind).catch((err: unknown) => failure(kind, err, parts.log)));
      }
      return results;
    },
  };
}

function failure(kind: string, err: unknown, log: Logger): RoundResult {
  const code = isAppError(err) ? err.code : null;
  const outcome = code === 'conflict' ? 'conflict' : code === 'not_found' ? 'missing' : 'failed';
  // Somebody else changed it: the next look sees what they did.
  if (outcome !== 'conflict') log.warn({ err, kind }, 'workers not scaled');
  return { kind, outcome, from: null, to: null, reason: null };
}
