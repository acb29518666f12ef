/** One figure of a set, against its bar where there is one. */
export interface Measure {
  name: string;
  /** Not looked at while the rules were tuned. */
  isHeldOut?: boolean;
  items: number;
  figures: Readonly<Record<string, number>>;
  bars?: readonly Bar[];
}

export interface Bar {
  figure: string;
  atLeast: number;
  /** A bar known to be missed is shown and explained in docs/accuracy.md, and does not fail the run. */
  isReached: boolean;
}

export interface LabelledSet {
  name: string;
  /** Where to get it, said when it is not there. */
  source: string;
  /** Null when the set is not there. */
  measure(): Promise<Measure[] | null> | Measure[] | null;
}

export interface Verdict {
  isTrue: boolean;
  isFound: boolean;
}

export function scores(verdicts: readonly Verdict[]): { precision: number; recall: number; f1: number } {
  const hits = verdicts.filter(({ isTrue, isFound }) => isTrue && isFound).length;
  const found = verdicts.filter(({ isFound }) => isFound).length;
  const wanted = verdicts.filter(({ isTrue }) => isTrue).length;
  const precision = found === 0 ? 1 : hits / found;
  const recall = wanted === 0 ? 1 : hits / wanted;
  return { precision, recall, f1: hits === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** Chance that one that is true is ranked above one that is not; ties count half. */
export function areaUnderCurve(items: readonly { isTrue: boolean; score: number }[]): number {
  const sorted = [...items].sort((a, b) => a.score - b.score);
  let sum = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to += 1;
    const meanRank = (from + to + 1) / 2;
    sum += meanRank * sorted.slice(from, to).filter(({ isTrue }) => isTrue).length;
    from = to;
  }
  const positives = sorted.filter(({ isTrue }) => isTrue).length;
  return (sum - (positives * (positives + 1)) / 2) / (positives * (sorted.length - positives));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const known = groups.get(keyOf(item));
    if (known) known.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
