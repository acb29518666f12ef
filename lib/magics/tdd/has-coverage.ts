import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import { compareText } from '../hash';
import { directoryOf } from '../paths';

/** Smaller directories are not listed one by one. */
const MIN_LINES = 100;
const LOW = 0.4;
const MAX_LISTED = 20;

const lcov = (path: string, hits: readonly number[]) =>
  `TN:\nSF:${path}\n${hits.map((hit, at) => `DA:${at + 1},${hit}\n`).join('')}end_of_record\n`;
const flags = (hit: number, missed: number) => [...Array<number>(hit).fill(1), ...Array<number>(missed).fill(0)];

export const hasCoverage = defineRule({
  id: 'tdd/has-coverage',
  catalogue: 'TDD-32',
  group: 'coverage',
  severity: 'medium',
  confidence: 0.8,
  needs: ['coverage', 'files', 'tests'],
  limits: { per: 'measure', good: 0.8, bad: 0.4, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'large',
  references: ['https://testing.googleblog.com/2020/08/code-coverage-best-practices.html'],
  tags: ['ISO27001 A.8.29', 'SSDF PW.8'],
  options: z.object({}),

  title: { en: 'Tests run most of the code', ja: 'テストがコードの大半を実行する' },
  why: {
    en: 'Code that no test runs can break without anybody noticing.',
    ja: 'どのテストも実行しないコードは、壊れても誰も気づきません。',
  },
  fix: {
    en: 'Test the code of the directories named here, first the one that changes most.',
    ja: 'ここに挙げたディレクトリーのうち、変更の多いものからテストを書いてください。',
  },
  messages: {
    total: {
      en: 'Tests run {hit} of {lines} lines ({share} %), says the report.',
      ja: 'レポートによると、テストが実行するのは{lines}行中{hit}行です（{share}%）。',
    },
    directory: {
      en: 'Tests run {share} % of the {lines} lines in {directory}.',
      ja: '{directory} の{lines}行のうち、テストが実行するのは{share}%です。',
    },
    'no-report': {
      en: 'The repository holds no coverage report.',
      ja: 'リポジトリに網羅率のレポートがありません。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/pay.ts': 'export const a = 1;\n', 'coverage/lcov.info': lcov('src/pay.ts', flags(3, 7)) } },
      {
        files: {
          'shop/pay.py': 'a = 1\n',
          'coverage.xml':
            '<?xml version="1.0"?><coverage><packages><package><classes><class filename="shop/pay.py"><lines><line number="1" hits="1"/><line number="2" hits="0"/></lines></class></classes></package></packages></coverage>',
        },
      },
    ],
    good: [
      {
        files: {
          'src/pay.ts': 'export const a = 1;\n',
          'coverage/lcov.info': lcov('/ci/shop/src/pay.ts', flags(9, 1)),
        },
      },
      {
        files: {
          'shop/pay.go': 'package shop\n',
          'coverage.out': 'mode: set\nexample.com/x/shop/pay.go:1.1,9.2 4 1\nexample.com/x/shop/pay.go:10.1,10.2 1 0\n',
        },
      },
      {
        files: {
          'app/src/main/java/com/shop/Pay.java': 'class Pay {}\n',
          'build/jacoco.xml':
            '<report name="店"><package name="com/shop"><sourcefile name="Pay.java"><line nr="1" mi="0" ci="3"/></sourcefile></package></report>',
        },
      },
    ],
  },

  *check({ coverage, files, tests }): CheckOutput {
    const counted = new Set(files.filter(({ role }) => role === 'production').map(({ path }) => path));
    // Of several reports on one file the one that saw most of it run speaks for it.
    const best = new Map<string, { lines: number; hit: number }>();
    for (const { path, lines, hit } of coverage) {
      if (!counted.has(path)) continue;
      const known = best.get(path);
      if (!known || hit > known.hit) best.set(path, { lines, hit });
    }
    if (best.size === 0) return { outcome: 'not-applicable', reason: 'no-report' };
    const directories = new Map<string, { lines: number; hit: number }>();
    let lines = 0;
    let hit = 0;
    for (const [path, file] of best) {
      lines += file.lines;
      hit += file.hit;
      const directory = directoryOf(path);
      const sum = directories.get(directory) ?? { lines: 0, hit: 0 };
      directories.set(directory, { lines: sum.lines + file.lines, hit: sum.hit + file.hit });
    }
    yield { messageId: 'total', data: { lines, hit, share: share(hit, lines) }, anchor: 'total' };
    const weak = [...directories].filter(([, sum]) => sum.lines >= MIN_LINES && sum.hit < LOW * sum.lines);
    weak.sort(([a, x], [b, y]) => y.lines - y.hit - (x.lines - x.hit) || compareText(a, b));
    for (const [directory, sum] of weak.slice(0, MAX_LISTED)) {
      yield {
        messageId: 'directory',
        data: { directory, lines: sum.lines, share: share(sum.hit, sum.lines) },
        severity: 'low',
        anchor: directory,
      };
    }
    const asserting = tests.filter(({ assertions }) => assertions > 0).length;
    return {
      value: hit / lines,
      metrics: {
        line_coverage: Math.round((hit / lines) * 1000) / 1000,
        asserting_test_share: tests.length === 0 ? 0 : Math.round((asserting / tests.length) * 1000) / 1000,
      },
    };
  },
});

const share = (part: number, whole: number): number => Math.floor((part / whole) * 100);
