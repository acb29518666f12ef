import type { FactTables, HISTORY_FACTS } from '@/lib/magics/facts';

export type HistoryFactName = (typeof HISTORY_FACTS)[number];

/** Plain JSON; one audit's share of the facts that commits and refs hold. */
export interface HistoryFacts {
  facts: { [Name in HistoryFactName]: FactTables[Name] | null };
  /** Why a fact is null: `shallow`, `timeout`, `too-large`, `corrupt`. */
  missing: Partial<Record<HistoryFactName, string>>;
  /** Commits read from Git, not from the cache. */
  readCommits: number;
}
