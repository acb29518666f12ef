import * as z from 'zod';
import { type CheckOutput, defineRule, type Examples } from '../define';
import { compareText } from '../hash';

const MAX_LISTED = 20;
const DAY = 86_400;

const lcov = (path: string, hit: number, missed: number) =>
  `SF:${path}\n${Array.from({ length: hit + missed }, (_, at) => `DA:${at + 1},${at < hit ? 1 : 0}\n`).join('')}end_of_record\n`;
const lines = (count: number) => Array.from({ length: count }, (_, at) => `pay(${at});\n`).join('');

export const hasNewCodeCoverage = defineRule({
  id: 'tdd/has-new-code-coverage',
  catalogue: 'TDD-34',
  group: 'coverage',
  severity: 'medium',
  confidence: 0.8,
  needs: ['coverage', 'newCode'],
  limits: { per: 'measure', good: 0.8, bad: 0.4, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'moderate',
  references: ['https://testing.googleblog.com/2020/08/code-coverage-best-practices.html'],
  tags: ['ISO27001 A.8.29', 'SSDF PW.8'],
  options: z.object({}),

  title: { en: 'Tests run the new code', ja: '新しいコードをテストが実行する' },
  why: {
    en: 'What is written now is cheapest to test now. A high share of all code hides new code that nothing runs.',
    ja: '書いたばかりのコードは、今がいちばん楽にテストできます。全体の網羅率が高いと、実行されない新しいコードが埋もれます。',
  },
  fix: {
    en: 'Test the new lines of the files named here before the next change to them.',
    ja: '次に変更する前に、ここに挙げたファイルの新しい行のテストを書いてください。',
  },
  messages: {
    total: {
      en: 'Tests run {hit} of the {lines} lines that the last {days} days brought ({share} %).',
      ja: '直近{days}日間に加わった{lines}行のうち、テストが実行するのは{hit}行です（{share}%）。',
    },
    file: {
      en: 'Tests run {hit} of the {lines} new lines of this file.',
      ja: 'このファイルの新しい{lines}行のうち、テストが実行するのは{hit}行です。',
    },
    'no-report': {
      en: 'No coverage report was given, and the repository holds none.',
      ja: '網羅率のレポートが渡されておらず、リポジトリにもありません。',
    },
    'no-new-code': {
      en: 'No line that can run is new.',
      ja: '実行される行で新しいものはありません。',
    },
  },
  examples: (): Examples => ({
    bad: [
      { files: { 'src/pay.ts': lines(20), 'coverage/lcov.info': lcov('src/pay.ts', 5, 15) } },
      {
        commits: [
          {
            message: 'feat: begin',
            files: { 'src/pay.ts': lines(20), 'README.md': '# 店\n' },
            at: '2024-01-01T12:00:00Z',
          },
          {
            message: 'feat: refund',
            files: {
              'src/pay.ts': `${lines(20)}${lines(12).replaceAll('pay', 'refund')}`,
              'lcov.info': lcov('src/pay.ts', 20, 12),
            },
            at: '2024-06-01T12:00:00Z',
          },
        ],
      },
    ],
    good: [
      { files: { 'src/pay.ts': lines(20), 'coverage/lcov.info': lcov('/ci/src/pay.ts', 19, 1) } },
      {
        commits: [
          { message: 'feat: begin', files: { 'src/pay.ts': lines(20) }, at: '2024-01-01T12:00:00Z' },
          {
            message: 'feat: refund',
            files: {
              'src/pay.ts': `${lines(20)}${lines(12).replaceAll('pay', 'refund')}`,
              'lcov.info': `SF:src/pay.ts\n${Array.from({ length: 32 }, (_, at) => `DA:${at + 1},${at < 20 ? 0 : 1}\n`).join('')}end_of_record\n`,
            },
            at: '2024-06-01T12:00:00Z',
          },
        ],
      },
    ],
  }),

  *check({ now, coverage, newCode }): CheckOutput {
    if (coverage.length === 0) return { outcome: 'not-available', reason: 'no-report' };
    const { since, files, candidates, leftOut } = newCode;
    const metrics = { new_code_files: candidates, new_code_files_left_out: leftOut };
    if (files.length === 0) return { outcome: 'not-applicable', reason: 'no-new-code', metrics };
    const total = files.reduce((sum, file) => sum + file.lines, 0);
    const hit = files.reduce((sum, file) => sum + file.hit, 0);
    const days = Math.round((now - since) / DAY);
    yield {
      messageId: 'total',
      data: { hit, lines: total, share: Math.floor((hit / total) * 100), days },
      anchor: 'total',
    };
    const missed = [...files].sort((a, b) => b.lines - b.hit - (a.lines - a.hit) || compareText(a.path, b.path));
    for (const { path, lines: own, hit: ran, firstMissed } of missed.slice(0, MAX_LISTED)) {
      if (firstMissed === null) continue;
      yield {
        messageId: 'file',
        data: { hit: ran, lines: own },
        location: { path, line: firstMissed },
        severity: 'low',
        anchor: 'file',
      };
    }
    return {
      value: hit / total,
      population: total,
      metrics: { ...metrics, new_code_lines: total, new_code_coverage: Math.round((hit / total) * 1000) / 1000 },
    };
  },
});
