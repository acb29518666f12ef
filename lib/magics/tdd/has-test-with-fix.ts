import * as z from 'zod';
import { isBugFix, isOwnWork, isRelease, isRevert, MAX_LISTED_COMMITS, percent } from '../commits';
import { defineRule } from '../define';
import type { CommitFact } from '../facts/history';
import { compareText } from '../hash';
import { isTestPath } from '../paths';
import { areaOf, isProductionSource, isTesting } from './changes';

const fixed = (value: number) => `export const limit = ${value};\n`;
const check = (value: number) => `test('limit', () => { expect(limit).toBe(${value}); });\n`;

export const hasTestWithFix = defineRule({
  id: 'tdd/has-test-with-fix',
  catalogue: 'TDD-05',
  group: 'co-change',
  severity: 'low',
  confidence: 0.8,
  needs: ['commits', 'tests'],
  limits: { per: 'measure', good: 0.5, bad: 0.1, range: [0, 1] },
  report: 'beyond-limit',
  references: ['https://google.github.io/eng-practices/review/reviewer/looking-for.html#tests'],
  tags: ['ISO27001 A.8.29', 'SOC2 CC8.1', 'SSDF RV.3'],
  options: z.object({}),

  title: { en: 'A bug fix brings a test', ja: '不具合修正にはテストを添える' },
  why: {
    en: 'A bug that slipped through once had no test. Without one it comes back unnoticed.',
    ja: '一度すり抜けた不具合には、それを捕らえるテストがありませんでした。テストなしで直すと、再発しても気づけません。',
  },
  fix: {
    en: 'First write the test that fails because of the bug, then fix the bug, in one commit or one after the other.',
    ja: 'まず不具合で失敗するテストを書き、次に直してください。同じコミットでも、続けた2つのコミットでも構いません。',
  },
  messages: {
    area: {
      en: '{missed} of {total} {total|bug fix|bug fixes} in {area} changed no test ({share} %).',
      ja: '{area} の不具合修正{total}件のうち{missed}件は、テストを変更していません（{share}%）。',
    },
  },
  examples: {
    bad: [
      {
        commits: [
          { message: 'feat: limit', files: { 'src/limit.ts': fixed(1), 'src/limit.test.ts': check(1) } },
          { message: 'fix: limit is one too low', files: { 'src/limit.ts': fixed(2) } },
        ],
      },
      {
        commits: [
          { message: 'Begin', files: { 'shop/pay.py': 'def pay():\n    return 1\n' } },
          { message: 'Fix crash on an empty cart', files: { 'shop/pay.py': 'def pay():\n    return 2\n' } },
          { message: 'Notes', files: { 'docs/notes.md': '1\n' } },
          { message: 'Test', files: { 'tests/test_pay.py': 'def test_pay():\n    assert pay() == 2\n' } },
        ],
      },
    ],
    good: [
      {
        commits: [
          { message: 'feat: limit', files: { 'src/limit.ts': fixed(1) } },
          {
            message: 'fix: limit is one too low',
            files: { 'src/limit.ts': fixed(2), 'src/limit.test.ts': check(2) },
          },
        ],
      },
      {
        commits: [
          { message: 'Begin', files: { 'pay.go': 'package pay\n\nfunc Pay() int { return 1 }\n' } },
          {
            message: 'test: an empty cart crashes',
            files: { 'pay_test.go': 'package pay\n\nfunc TestPay(t *testing.T) { t.Fatal("no") }\n' },
          },
          {
            message: 'fix: crash on an empty cart',
            files: { 'pay.go': 'package pay\n\nfunc Pay() int { return 2 }\n' },
          },
        ],
      },
      {
        commits: [
          { message: 'feat: 上限', files: { 'src/limit.ts': fixed(1) } },
          { message: '上限の不具合を修正', files: { 'src/limit.ts': fixed(2), 'src/limit.test.ts': check(2) } },
          { message: 'fix: typo in the guide', files: { 'docs/guide.md': 'limit\n' } },
          { message: 'fix(deps): bump', files: { 'src/limit.ts': fixed(3) } },
          { message: 'Fix lint warnings', files: { 'src/limit.ts': fixed(4) } },
          { message: 'fix line length', files: { 'src/limit.ts': fixed(5) } },
          { message: 'fix: missing `;` in limit', files: { 'src/limit.ts': fixed(6) } },
          { message: 'Fix crash of the migration', files: { 'src/migrations/1.ts': fixed(1) } },
        ],
      },
      {
        commits: [
          {
            message: 'Begin',
            files: { 'src/lib.rs': 'pub fn a() -> u8 { 1 }\n\n#[test]\nfn checks() { assert_eq!(a(), 1); }\n' },
          },
          {
            message: 'Fix overflow crash',
            files: { 'src/lib.rs': 'pub fn a() -> u8 { 2 }\n\n#[test]\nfn checks() { assert_eq!(a(), 2); }\n' },
          },
        ],
      },
    ],
  },

  *check({ commits, tests }) {
    const byId = new Map(commits.map((commit) => [commit.id, commit]));
    const inlineTests = new Set(tests.map((test) => test.path));
    const areas = new Map<string, { total: number; missed: string[] }>();
    let total = 0;
    let covered = 0;
    for (const commit of commits) {
      if (!isFixOfCode(commit)) continue;
      const before = byId.get(commit.parents[0] ?? '');
      const hasTest = isTesting(commit, inlineTests) || (before !== undefined && isTestOnly(before));
      total += 1;
      if (hasTest) covered += 1;
      const area = areaOf(commit);
      const counts = areas.get(area) ?? { total: 0, missed: [] };
      counts.total += 1;
      if (!hasTest) counts.missed.push(commit.id);
      areas.set(area, counts);
    }
    for (const [area, counts] of [...areas].sort(([a], [b]) => compareText(a, b))) {
      const missed = counts.missed.length;
      if (missed === 0) continue;
      yield {
        messageId: 'area',
        data: { area, missed, total: counts.total, share: percent(missed, counts.total) },
        commits: counts.missed.slice(0, MAX_LISTED_COMMITS),
        anchor: area,
      };
    }
    return {
      value: covered / total,
      population: total,
      metrics: { fixes_with_test_rate: total === 0 ? 0 : covered / total },
    };
  },
});

/** What a compiler or a linter tells of needs no other test. */
const TOLD_BY_TOOLS =
  /\b(?:line length|compil(?:e|es|ing|ation|er)|build|builds|warnings?|clang-tidy|pragmas?)\b|\bmissing [`'"]?[;,:)}]/i;
/** Runs once, on data that is gone. */
const MIGRATION = /(?:^|\/)(?:migrations?|alembic)\//i;

function isFixOfCode(commit: CommitFact): boolean {
  if (!isOwnWork(commit) || isRevert(commit) || isRelease(commit) || !isBugFix(commit)) return false;
  if (TOLD_BY_TOOLS.test(commit.subject)) return false;
  return commit.files.some(({ path, status }) => status !== 'D' && isProductionSource(path) && !MIGRATION.test(path));
}

/** The failing test, committed on its own before the fix. */
function isTestOnly({ files }: CommitFact): boolean {
  return files.length > 0 && files.every(({ path }) => isTestPath(path));
}
