import { describe, expect, test } from 'vitest';
import { Policy } from '@/lib/magics/policy';
import type { Finding, RuleResult, SuppressedFinding } from '@/lib/magics/types';
import { MARKER_RULE, magicResult, markerFinding } from '@/tests/support/judged-audits';
import { compareFindingSets, type Side } from './finding-comparison';

const NO_MOVES = new Map<string, string>();

function side(findings: Finding[], suppressed: SuppressedFinding[] = [], change: Partial<RuleResult> = {}): Side {
  const asked = findings.length > 0 ? findings : [markerFinding('none')];
  const rules = magicResult('integrity', asked).rules.map((rule) => ({ ...rule, ...change }));
  return { findings, suppressed, rules, policy: Policy.parse({}), isLookedAt: () => true };
}

function letStand(finding: Finding): SuppressedFinding {
  return {
    ...finding,
    suppression: { source: 'line', path: 'src/a.ts', line: 1, reason: 'agreed', expires: null },
  };
}

const told = (from: Side, to: Side, moves = NO_MOVES) =>
  compareFindingSets(from, to, moves).map(({ change, finding }) => `${change} ${finding.path}`);

describe('findings of two audits', () => {
  test('are new, fixed or the same', () => {
    const from = side([markerFinding('kept'), markerFinding('gone')]);
    const to = side([markerFinding('kept'), markerFinding('fresh')]);

    expect(told(from, to)).toEqual(['new src/fresh.ts', 'fixed src/gone.ts', 'same src/kept.ts']);
  });

  test('tell of a severity that changed', () => {
    const from = side([markerFinding('a')]);
    const to = side([markerFinding('a', { severity: 'high' })]);

    expect(compareFindingSets(from, to, NO_MOVES)).toEqual([
      expect.objectContaining({ change: 'severity_changed', before: expect.objectContaining({ severity: 'medium' }) }),
    ]);
  });

  test('are let stand or open again by what was decided, and not fixed', () => {
    const open = side([markerFinding('a')]);
    const stands = side([], [letStand(markerFinding('a'))]);

    expect(told(open, stands)).toEqual(['let_stand src/a.ts']);
    expect(told(stands, open)).toEqual(['open_again src/a.ts']);
    expect(told(stands, stands)).toEqual([]);
  });

  test('stay the same where their file moved', () => {
    const from = side([markerFinding('before')]);
    const to = side([markerFinding('after')]);
    const moves = new Map([[markerFinding('after').fingerprint, markerFinding('before').fingerprint]]);

    expect(told(from, to, moves)).toEqual(['same src/after.ts']);
  });

  test('are neither new nor fixed at a path at which the rule looked in one of them only', () => {
    const both = side([markerFinding('a'), markerFinding('b')]);
    const without = { ...side([]), isLookedAt: ({ path }: Finding) => path !== 'src/a.ts' };

    expect(told(both, without)).toEqual(['unknown src/a.ts', 'fixed src/b.ts']);
    expect(told(without, both)).toEqual(['unknown src/a.ts', 'new src/b.ts']);
  });

  test('are neither new nor fixed where the rule goes by other options', () => {
    const policy = Policy.parse({ rules: { [MARKER_RULE]: { options: { terms: ['LATER'] } } } });
    const from = side([markerFinding('a')]);
    const to = { ...side([markerFinding('b')]), policy };

    expect(told(from, to)).toEqual(['unknown src/a.ts', 'unknown src/b.ts']);
    expect(told({ ...from, policy }, to)).toEqual(['fixed src/a.ts', 'new src/b.ts']);
  });

  test('are neither new nor fixed where the rule could not judge or kept only a part', () => {
    const from = side([markerFinding('a')], [], { outcome: 'not-available' });
    const to = side([markerFinding('b')], [], { dropped: 3 });

    expect(told(from, to)).toEqual(['unknown src/a.ts', 'unknown src/b.ts']);
  });
});
