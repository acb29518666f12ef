import type { Rule } from './define';
import type { Totals } from './facts';
import { MIN_CODE_LINES } from './totals';
import type { Limits, Measure, RawFinding } from './types';

const MIN_EVENTS = 10;
/** A share times its population is a count again, but for rounding. */
const SAME_COUNT = 1e-6;

/** What so many findings mean in the unit of the limits. */
export function measureFindings(limits: Limits, count: number, totals: Totals): Measure {
  switch (limits.per) {
    case 'kloc':
      return { value: (count * 1000) / totals.codeLines };
    case 'commentLines':
      return { value: count / totals.commentLines };
    case 'functions':
      return { value: count / totals.functions, population: totals.functions };
    case 'tests':
      return { value: count / totals.tests, population: totals.tests };
    case 'files':
      return { value: count / totals.productionFiles, population: totals.productionFiles };
    case 'sites':
      return { value: count };
    case 'measure':
      throw new Error('a rule with limits per measure returns its value');
  }
}

export function finiteOf(measured: Measure | null): number | null {
  return measured && Number.isFinite(measured.value) ? measured.value : null;
}

export function weightOf(raw: readonly RawFinding[]): number {
  return raw.reduce((sum, { weight = 1 }) => sum + weight, 0);
}

/** What the rule would have returned without the findings that are let stand, where its value is made of findings. */
export function withoutReleased(
  { limits }: Rule,
  measured: Measure,
  { all, released }: { all: number; released: number },
  totals: Totals,
): Measure {
  if (!limits || released === 0) return measured;
  const { value, population } = measured;
  if (limits.per !== 'measure') {
    const unit = population ?? 1 / measureFindings(limits, 1, totals).value;
    const left = value * unit - released;
    return { ...measured, value: left < SAME_COUNT ? 0 : left / unit };
  }
  if (!population) return measured;
  const isMissed = limits.good < limits.bad;
  const missed = isMissed ? value : 1 - value;
  if (Math.abs(missed * population - all) > SAME_COUNT) return measured;
  const left = (all - released) / population;
  return { ...measured, value: isMissed ? left : 1 - left };
}

/** Rates over few events and densities over little code say nothing. */
export function isTooLittle(limits: Limits, measured: Measure | null, totals: Totals): boolean {
  if (measured?.population !== undefined) return measured.population < MIN_EVENTS;
  const isDensity = limits.per === 'kloc' || limits.per === 'commentLines';
  return isDensity && totals.codeLines < MIN_CODE_LINES;
}
