import type { TierName } from '../tiers';

export const STRATEGY_IDS = ['manual', 'hpa', 'vpa', 'custom', 'reactive', 'predictive'] as const;
export type StrategyId = (typeof STRATEGY_IDS)[number];

/** What is known of a worker kind at a moment. Null: not measured. */
export interface Observed {
  atMs: number;
  /** Replicas asked for, whether ready or not. */
  replicas: number;
  /** Jobs that wait, and jobs in hand. */
  waiting: number;
  running: number;
  /** How long the job that waits longest has waited, in seconds; 0 when none waits. */
  oldestWaitSeconds: number;
  /** Work that waits, in seconds of one slot. */
  waitingSeconds: number | null;
  /** Busy slots over slots of ready replicas, 0–1: what a metrics server would call utilisation. */
  utilisation: number | null;
  /** Highest load, in busy slots, that the forecast expects while a replica that is asked for now starts; its upper bound. */
  forecast: { load: number; high: number } | null;
}

/** What a strategy works towards. */
export interface Target {
  minReplicas: number;
  maxReplicas: number;
  /** For `manual`. */
  fixedReplicas: number;
  /** Jobs one replica runs at a time. */
  slotsPerReplica: number;
  /** Share of slots that shall be busy, 0–1. */
  utilisation: number;
  /** Within which waiting work shall be taken. */
  queueSeconds: number;
  /** How long a need must have been gone before replicas are taken away. */
  downAfterSeconds: number;
  /** Size of a replica; `vpa` moves it, the others do not. */
  tier: TierName;
}

/** What a strategy wanted lately and what ran then, the oldest first. */
export type Memory = readonly { atMs: number; replicas: number; running: number }[];

/** Why, as an id whose sentence is on screen, with its numbers. */
export interface Reason {
  id:
    | 'fixed'
    | 'tolerated'
    | 'utilisation'
    | 'not-measured'
    | 'backlog'
    | 'load'
    | 'forecast'
    | 'no-forecast'
    | 'stabilised'
    | 'resized'
    | 'limited';
  data: Readonly<Record<string, number>>;
}

export interface Decision {
  replicas: number;
  tier: TierName;
  reason: Reason;
  memory: Memory;
}

/** A pure function of what is observed, what is aimed at and what it wanted before. */
export interface Strategy {
  id: StrategyId;
  decide: (observed: Observed, target: Target, memory: Memory) => Decision;
}
