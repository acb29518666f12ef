import { describe, expect, test } from 'vitest';
import type { Facts } from '../facts';
import type { FileFact, FileRole } from '../facts/code';
import type { OwnMatchesFact } from '../facts/own';
import { defaultPolicy } from '../policy';
import { magicOf } from '../registry';
import { runRule } from '../run-rule';
import { matcherOf } from './matcher';
import { OwnRule, type OwnTextRule } from './own-rule';
import { MAX_MATCHES_REPORTED, toRule, withOwnRules } from './to-rule';

const TEXTS = { severity: 'high', title: { en: 'Title' }, why: { ja: '理由' }, fix: { en: 'Fix', ja: '直す' } };
const pattern = OwnRule.parse({ ...TEXTS, id: 'own/no-x', kind: 'pattern', pattern: 'x' }) as OwnTextRule;
const { key } = matcherOf(pattern);

const file = (path: string, role: FileRole = 'production') => ({ path, role }) as FileFact;

/** What rules of text and paths need, and no more. */
function factsOf(files: FileFact[], own: Partial<OwnMatchesFact> | null = {}): Facts {
  const ownMatches = own && { matchers: [key], matches: [], unread: [], ...own };
  return { now: 0, totals: { codeLines: 1_000 }, missing: {}, files, ownMatches } as unknown as Facts;
}

const match = (path: string, line = 1, more = 0) =>
  ({ path, role: 'production', matcher: key, line, endLine: line, text: `x ${path}`, match: 'x', more }) as const;
const run = (rule: OwnRule, facts: Facts) => runRule(toRule(rule), facts, defaultPolicy);

describe('rules of text', () => {
  test('report matches with the texts of the team, and give points by their number', () => {
    const { result, findings } = run(pattern, factsOf([file('a.ts')], { matches: [match('a.ts', 3)] }));

    expect(result).toMatchObject({ outcome: 'failed', findings: 1, value: 1, score: 90 });
    expect(findings[0]).toMatchObject({
      path: 'a.ts',
      startLine: 3,
      data: { en: 'Title', match: 'x' },
      evidence: 'x a.ts',
    });
    expect(findings[0]?.data).not.toHaveProperty('ja');
  });

  test('know a finding again when lines move, and when their own texts change', () => {
    const before = run(pattern, factsOf([file('a.ts')], { matches: [match('a.ts', 3)] }));
    const renamed = { ...pattern, title: { en: 'Other' }, message: { ja: '別' } };
    const after = run(renamed, factsOf([file('a.ts')], { matches: [match('a.ts', 9)] }));

    expect(after.findings[0]?.fingerprint).toBe(before.findings[0]?.fingerprint);
  });

  test('that match everything report the first matches, and all of them weigh', () => {
    const most = MAX_MATCHES_REPORTED;
    const matches = Array.from({ length: most + 500 }, (_, at) => match('a.ts', at + 1, at === 0 ? 9 : 0));
    const free = { ...pattern, zeroAt: 10_000 };

    const { result, findings } = run(free, factsOf([file('a.ts')], { matches }));

    expect(result).toMatchObject({ outcome: 'failed', findings: most, dropped: most - 500, value: most + 509 });
    expect(findings).toHaveLength(500);
  });

  test('leave code of others alone unless told otherwise', () => {
    const facts = factsOf([file('a.ts', 'vendored')], { matches: [match('a.ts')] });

    expect(run(pattern, facts).result.outcome).toBe('passed');
    expect(run({ ...pattern, isEverywhere: true }, facts).result.outcome).toBe('failed');
  });

  test('that were not asked, or could not be, have not passed', () => {
    const unread = [{ path: 'b.ts', matcher: key, reason: 'timeout' as const }];

    expect(run(pattern, factsOf([file('a.ts')], { matchers: [] })).result).toMatchObject({
      outcome: 'not-available',
      reason: { id: 'own-not-asked' },
    });
    expect(run(pattern, factsOf([file('a.ts')], null)).result.outcome).toBe('not-available');
    expect(run(pattern, factsOf([file('b.ts')], { unread })).result).toMatchObject({
      outcome: 'not-available',
      reason: { id: 'own-unread', data: { files: 1, path: 'b.ts', cause: 'timeout' } },
    });
  });

  test('for which there was no time have not passed', () => {
    const unasked = [
      { path: 'a.ts', matchers: ['another'] },
      { path: 'b.ts', matchers: ['another', key] },
    ];
    const files = [file('a.ts'), file('b.ts')];

    expect(run(pattern, factsOf(files, { unasked })).result).toMatchObject({
      outcome: 'not-available',
      reason: { id: 'own-unread', data: { files: 1, path: 'b.ts', cause: 'over-budget' } },
    });
    expect(run(pattern, factsOf(files, { unasked: unasked.slice(0, 1) })).result.outcome).toBe('passed');
  });

  test('that found something list the files they could not ask, without weight', () => {
    const unread = [{ path: 'b.ts', matcher: key, reason: 'timeout' as const }];
    const { result, findings } = run(
      pattern,
      factsOf([file('a.ts'), file('b.ts')], { matches: [match('a.ts')], unread }),
    );

    expect(result).toMatchObject({ outcome: 'failed', value: 1, findings: 2 });
    expect(findings.map(({ path, severity, messageId }) => [path, severity, messageId])).toEqual([
      ['a.ts', 'high', 'own'],
      ['b.ts', 'info', 'own-unread'],
    ]);
  });

  test('count what is not kept', () => {
    const { result, findings } = run(pattern, factsOf([file('a.ts')], { matches: [match('a.ts', 1, 20)] }));

    expect(result).toMatchObject({ value: 21, score: 0 });
    expect(findings[0]?.data).toMatchObject({ more: 20 });
  });
});

test.each([
  ['absent', { include: ['**/.env'] }, null, ['a/.env']],
  ['present', { include: ['LICENSE'] }, null, [null]],
  ['present', { include: ['src/**'] }, null, []],
  ['named', { include: ['src/**'], exclude: ['src/old/'] }, '[a-z]+\\.ts', ['src/B.ts', 'src/xa.tsx']],
] as const)('paths: %s in %o', (demand, paths, namePattern, found) => {
  const rule = OwnRule.parse({ ...TEXTS, id: 'own/p', kind: 'path', demand, paths, namePattern });
  const files = ['a/.env', 'src/a.ts', 'src/B.ts', 'src/xa.tsx', 'src/old/C.ts'].map((path) => file(path));

  expect(run(rule, factsOf(files)).findings.map(({ path }) => path)).toEqual(found);
});

test('own rules are a group of their own in their magic, by weight where groups have one', () => {
  const off = { ...pattern, id: 'own/off', isEnabled: false };
  const strict = withOwnRules(magicOf('strict'), [pattern, off]);
  const integrity = withOwnRules(magicOf('integrity'), [{ ...pattern, magic: 'integrity' }]);

  expect(strict.rules.filter(({ group }) => group === 'own').map(({ id }) => id)).toEqual(['own/no-x']);
  expect(strict.groups.at(-1)).toMatchObject({ id: 'own', weight: 1 });
  expect(integrity.groups.at(-1)?.weight).toBe(
    magicOf('integrity').groups.every(({ weight }) => weight === undefined) ? undefined : 1,
  );
  expect(withOwnRules(magicOf('git'), [pattern])).toBe(magicOf('git'));
});
