import * as z from 'zod';
import { isMerge, MAX_LISTED_COMMITS, percent } from '../commits';
import { type CheckOutput, defineRule, type Examples, type SketchCommit } from '../define';
import type { CommitFact } from '../facts/history';
import { isTestPath, languageOfPath } from '../paths';
import { lines } from '../sketches';
import { isProductionSource } from './changes';

const DAY = 86_400;
/** Shorter or smaller histories have their ups and downs without meaning anything. */
const MIN_DAYS = 60;
const MIN_COMMITS = 20;
const MIN_TEST_LINES = 500;
const SLICE = 0.05;
const SPRINT_SHARE = 0.4;
/** Tests that come along with as much code are no sprint after the code. */
const MAX_CODE_SHARE = 0.2;

/** A test file of so many lines. */
const checks = (count: number) => lines(count, 'const checked');

/** One commit in five days: code all along, tests as told. */
function diary(testLines: (step: number) => number): SketchCommit[] {
  return Array.from({ length: 24 }, (_, step) => {
    const count = testLines(step);
    const test = count > 0 ? { [`tests/part${step}.test.ts`]: checks(count) } : {};
    return {
      message: `feat: part ${step}`,
      files: { [`src/part${step}.ts`]: lines(30), ...test },
      at: new Date(Date.UTC(2024, 0, 1 + step * 5)).toISOString(),
    };
  });
}

export const noCoverageSprint = defineRule({
  id: 'tdd/no-coverage-sprint',
  catalogue: 'TDD-06',
  group: 'co-change',
  severity: 'info',
  confidence: 0.7,
  needs: ['commits'],
  limits: null,
  references: ['https://martinfowler.com/bliki/TestCoverage.html'],
  options: z.object({}),

  title: { en: 'No sprint for coverage', ja: '網羅率のための駆け込みテストをしない' },
  why: {
    en: 'Tests written in bulk after the code mostly raise a number: they copy what the code does, faults included.',
    ja: 'コードの後でまとめて書かれたテストは、数字を上げるだけになりがちです。誤りも含めて、いまの動きを写しているからです。',
  },
  fix: {
    en: 'Read those tests again: does each say what the code should do? Then write tests with each change.',
    ja: 'そのテストを読み直し、あるべき動きを述べているか確かめてください。今後は変更のたびにテストを書いてください。',
  },
  messages: {
    sprint: {
      en: '{share} % of the test lines of {days} days came within {slice} days, together with {code} % of the code.',
      ja: '{days}日間に書かれたテストの{share}%が、{slice}日のうちに加えられました。その間のコードは{code}%です。',
    },
  },
  examples: (): Examples => ({
    bad: [
      { commits: diary((step) => (step === 20 ? 900 : 0)) },
      { commits: diary((step) => (step === 12 ? 800 : 20)) },
    ],
    good: [
      { commits: diary(() => 30) },
      // Tests and code of one import came together.
      {
        commits: diary((step) => (step === 3 ? 700 : 20)).map((commit, step) =>
          step === 3 ? { ...commit, files: { ...commit.files, 'src/import.ts': lines(900) } } : commit,
        ),
      },
      // Recordings that tests play back.
      {
        commits: diary(() => 30).map((commit, step) =>
          step === 12 ? { ...commit, files: { ...commit.files, 'tests/recorded/stock.json': lines(900) } } : commit,
        ),
      },
      // Moved tests are no new tests.
      {
        commits: [
          ...diary(() => 30),
          {
            message: 'refactor: move tests',
            at: '2024-05-10T12:00:00Z',
            files: Object.fromEntries(
              Array.from({ length: 24 }, (_, step) => [
                [`tests/part${step}.test.ts`, null] as const,
                [`tests/unit/part${step}.test.ts`, checks(30)] as const,
              ]).flat(),
            ),
          },
        ],
      },
    ],
  }),

  *check({ commits }): CheckOutput {
    const days = commits.filter((commit) => !isMerge(commit)).map(linesOf);
    days.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    const [first] = days;
    const last = days.at(-1);
    const tests = days.reduce((sum, day) => sum + day.tests, 0);
    const code = days.reduce((sum, day) => sum + day.code, 0);
    const span = first && last ? last.at - first.at : 0;
    if (days.length < MIN_COMMITS || span < MIN_DAYS * DAY || tests < MIN_TEST_LINES) {
      return { outcome: 'not-applicable', reason: 'too-little', data: { population: days.length } };
    }
    const peak = busiest(days, span * SLICE);
    const share = peak.tests / tests;
    const codeShare = code === 0 ? 0 : peak.code / code;
    if (share > SPRINT_SHARE && codeShare < MAX_CODE_SHARE && peak.codeBefore > 0) {
      yield {
        messageId: 'sprint',
        data: {
          share: percent(peak.tests, tests),
          code: Math.round(codeShare * 100),
          days: Math.round(span / DAY),
          slice: Math.max(1, Math.round((span * SLICE) / DAY)),
        },
        commits: peak.commits.slice(0, MAX_LISTED_COMMITS),
        anchor: 'sprint',
      };
    }
  },
});

interface Day {
  id: string;
  at: number;
  /** Lines more than before; what only moved is none. */
  tests: number;
  code: number;
}

function linesOf({ id, committedAt, files }: CommitFact): Day {
  let tests = 0;
  let code = 0;
  for (const { path, added, deleted } of files) {
    const net = (added ?? 0) - (deleted ?? 0);
    // Recordings and other data of tests are written by programs.
    if (isTestPath(path) && languageOfPath(path) !== null) tests += net;
    else if (isProductionSource(path)) code += net;
  }
  return { id, at: committedAt, tests: Math.max(0, tests), code: Math.max(0, code) };
}

interface Slice {
  tests: number;
  code: number;
  codeBefore: number;
  /** Those that added tests, newest first. */
  commits: string[];
}

/** The stretch of so many seconds with most new lines of tests. */
function busiest(days: readonly Day[], seconds: number): Slice {
  let best = { from: 0, to: 0, tests: -1 };
  let from = 0;
  let tests = 0;
  for (const [to, day] of days.entries()) {
    tests += day.tests;
    while (from < to && day.at - (days[from]?.at ?? 0) > seconds) {
      tests -= days[from]?.tests ?? 0;
      from += 1;
    }
    if (tests > best.tests) best = { from, to, tests };
  }
  const inside = days.slice(best.from, best.to + 1);
  return {
    tests: best.tests,
    code: inside.reduce((sum, day) => sum + day.code, 0),
    codeBefore: days.slice(0, best.from).reduce((sum, day) => sum + day.code, 0),
    commits: inside
      .filter((day) => day.tests > 0)
      .map((day) => day.id)
      .reverse(),
  };
}
