import type { HistoryFactName } from '@/lib/magics/fact-names';
import type { FactTables } from '@/lib/magics/facts';

/** Plain JSON; one audit's share of the facts that commits and refs hold. */
export interface HistoryFacts {
  facts: { [Name in HistoryFactName]: FactTables[Name] | null };
  /** Why a fact is null: `shallow`, `timeout`, `too-large`, `corrupt`. */
  missing: Partial<Record<HistoryFactName, string>>;
  /** Commits read from Git, not from the cache. */
  readCommits: number;
}
