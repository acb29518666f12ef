import * as z from 'zod';
import { isOwnWork, isRelease, isRevert, MAX_LISTED_COMMITS, parseConventional, percent } from '../commits';
import { defineRule, type Examples } from '../define';
import type { CommitFact } from '../facts/history';
import { compareText } from '../hash';
import { lines } from '../sketches';
import { areaOf, isProductionSource, isTesting } from './changes';

const MIN_ADDED = 10;
/** A test may come in one of this many commits before. */
const LOOK_BACK = 3;
const NOT_BEHAVIOUR = new Set(
  'docs doc chore refactor style ci build test tests perf types typo release revert wip deps'.split(' '),
);
const MOVES =
  /^(?:refactor|rename|move|reformat|format|clean ?up|tidy|lint|bump|upgrade|update dep|typo|docs?\b|style\b)/i;

export const hasTestWithChange = defineRule({
  id: 'tdd/has-test-with-change',
  catalogue: 'TDD-03',
  group: 'co-change',
  severity: 'low',
  confidence: 0.8,
  needs: ['commits', 'tests'],
  limits: { per: 'measure', good: 0.6, bad: 0.15, range: [0, 1] },
  report: 'beyond-limit',
  references: ['https://doi.org/10.1007/s10664-010-9143-7'],
  tags: ['ISO27001 A.8.29', 'SOC2 CC8.1'],
  options: z.object({}),

  title: { en: 'Tests change with the code', ja: 'テストはコードと共に変わる' },
  why: {
    en: 'Behaviour that changes while its tests stand still is behaviour nobody checked.',
    ja: 'テストが変わらないまま振る舞いだけが変わるなら、その変更は誰にも確かめられていません。',
  },
  fix: {
    en: 'Bring the test with the change: in the same commit, or just before it.',
    ja: '変更と同じコミット、またはその直前にテストを加えてください。',
  },
  messages: {
    area: {
      en: '{missed} of {total} {total|change|changes} to {area} came without a test ({share} %).',
      ja: '{area} への変更{total}件のうち{missed}件にテストがありません（{share}%）。',
    },
  },
  examples: (): Examples => ({
    bad: [
      { commits: [{ message: 'Add payment', files: { 'src/pay.ts': lines(12) } }] },
      {
        commits: [
          {
            message: 'feat: payment',
            files: { 'src/pay.py': lines(12), 'tests/test_pay.py': 'def test_pay():\n    assert pay()\n' },
          },
          { message: 'notes', files: { 'a.md': '1' } },
          { message: 'notes', files: { 'a.md': '2' } },
          { message: 'notes', files: { 'a.md': '3' } },
          { message: 'feat: refunds', files: { 'src/refund.py': lines(12) } },
          { message: 'feat: taxes', files: { 'src/tax.py': lines(12) } },
        ],
      },
    ],
    good: [
      {
        commits: [
          {
            message: 'feat: payment',
            files: { 'src/pay.ts': lines(12), 'src/pay.test.ts': "test('pays', () => { expect(1).toBe(1); });\n" },
          },
        ],
      },
      {
        commits: [
          {
            message: 'test: payment',
            files: { 'pay_test.go': 'package pay\n\nfunc TestPay(t *testing.T) { t.Fatal("no") }\n' },
          },
          { message: 'feat: payment', files: { 'pay.go': `package pay\n\n${lines(12, 'var')}` } },
        ],
      },
      {
        commits: [
          {
            message: 'feat: 決済',
            files: { 'src/決済.ts': lines(12), 'src/決済.test.ts': "test('払う', () => { expect(1).toBe(1); });\n" },
          },
          { message: 'docs: guide', files: { 'docs/guide.md': lines(12) } },
          { message: 'refactor: split', files: { 'src/part.ts': lines(12) } },
          { message: 'small', files: { 'src/決済.ts': lines(13) } },
        ],
      },
    ],
  }),

  *check({ commits, tests }) {
    const byId = new Map(commits.map((commit) => [commit.id, commit]));
    const inlineTests = new Set(tests.map((test) => test.path));
    const areas = new Map<string, { total: number; missed: string[] }>();
    let total = 0;
    let covered = 0;
    for (const commit of commits) {
      if (!changesBehaviour(commit)) continue;
      const hasTest = recent(commit, byId).some((one) => isTesting(one, inlineTests));
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
      metrics: { co_change_rate: total === 0 ? 0 : covered / total },
    };
  },
});

function changesBehaviour(commit: CommitFact): boolean {
  if (!isOwnWork(commit) || isRevert(commit) || isRelease(commit)) return false;
  const type = parseConventional(commit.subject)?.type;
  if (type ? NOT_BEHAVIOUR.has(type) : MOVES.test(commit.subject)) return false;
  const added = commit.files.reduce((sum, file) => sum + (isProductionSource(file.path) ? (file.added ?? 0) : 0), 0);
  return added >= MIN_ADDED;
}

/** The commit and those before it on its own line of history. */
function recent(commit: CommitFact, byId: ReadonlyMap<string, CommitFact>): CommitFact[] {
  const found = [commit];
  for (let at: CommitFact | undefined = commit; found.length <= LOOK_BACK; ) {
    at = byId.get(at.parents[0] ?? '');
    if (!at) break;
    found.push(at);
  }
  return found;
}
