import { describe, expect, test } from 'vitest';
import { judgedAlike } from './judged-alike';
import { Policy } from './policy';

/** Every site is a finding. */
const SITES = 'strict/no-secret';
/** Findings are kept only beyond the limit. */
const BEYOND_LIMIT = 'git/no-huge-commit';
/** Findings depend on the limits. */
const BY_LIMITS = 'strict/no-long-function';
const OWN = {
  id: 'own/no-old-client',
  severity: 'low',
  title: { en: 'a' },
  why: { en: 'a' },
  fix: { en: 'a' },
} as const;

function alike(before: object, now: object): string[] {
  const isAlike = judgedAlike(Policy.parse(before), Policy.parse(now));
  return [SITES, BEYOND_LIMIT, BY_LIMITS, OWN.id].filter(isAlike);
}

describe('a rule is judged alike', () => {
  test('by the same policy, and by one with other severities, weights and gate', () => {
    const all = [SITES, BEYOND_LIMIT, BY_LIMITS, OWN.id];
    const rules = { [SITES]: { severity: 'low' }, [BY_LIMITS]: { options: {} } };

    expect(alike({}, {})).toEqual(all);
    expect(alike({}, { rules, focusAreas: ['git'], gate: { health: { warn: 90, fail: 80 } } })).toEqual(all);
  });

  test('at another strictness only where its findings do not depend on limits', () => {
    expect(alike({ strictness: 0.8 }, { strictness: 0.9 })).toEqual([SITES, OWN.id]);
  });

  test('not with other options', () => {
    const rules = { [BY_LIMITS]: { options: { limit: 200 } } };

    expect(alike({}, { rules })).toEqual([SITES, BEYOND_LIMIT, OWN.id]);
  });

  test('not where the team wrote it anew, but where it is only graded otherwise', () => {
    const policyOf = (pattern: string, severity: string) => ({
      ownRules: [{ ...OWN, severity, kind: 'pattern', pattern }],
    });

    expect(alike(policyOf('a', 'low'), policyOf('b', 'low'))).not.toContain(OWN.id);
    expect(alike(policyOf('a', 'low'), policyOf('a', 'high'))).toContain(OWN.id);
    const said = {
      ownRules: [{ ...OWN, severity: 'low', kind: 'pattern', pattern: 'a', title: { en: 'b' }, zeroAt: 3 }],
    };
    expect(alike(policyOf('a', 'low'), said)).toContain(OWN.id);
    expect(alike({}, policyOf('a', 'low'))).not.toContain(OWN.id);
  });
});
