import * as z from 'zod';
import { type CheckOutput, defineRule, type Examples, type Sketch } from '../define';
import { rankChanges, testChanges } from './change-risk';
import { forecast, INCONCLUSIVE, inconclusive } from './forecast';
import { historyOf, source } from './sketches';

const RECENT = 30 * 86_400;
const RISKY = 0.9;
const LISTED = 10;
/** A change of few lines is reviewed at a glance. */
const MIN_LINES = 50;

/** Early changes are large and harmless, late ones spread and mended; then comes one more. */
function endingWith(path: string, message: string, files: Record<string, string>): Sketch {
  const { commits = [] } = historyOf({
    hot: [path],
    content: (step) => source(20, step, step < 20 && step % 2 === 1 ? 30 : 0),
    along: (step): Record<string, string> =>
      step < 32
        ? {}
        : { 'src/a/side.ts': source(2, step), 'src/b/side.ts': source(2, step), 'lib/c.ts': source(2, step) },
  });
  return { commits: [...commits, { message, files }] };
}
const parts = (count: number, extension: string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`src/part${index}/rates.${extension}`, source(12, index)]),
  );

export const noRiskyChange = defineRule({
  id: 'predictive/no-risky-change',
  catalogue: 'PRD-07',
  group: 'changes',
  severity: 'info',
  confidence: 0.7,
  needs: ['files', 'functions', 'commits'],
  limits: { per: 'measure', good: 0.15, bad: 0.6, range: [0, 1] },
  effort: 'moderate',
  references: ['https://doi.org/10.1109/TSE.2012.70'],
  tags: ['SSDF PW.7'],
  options: z.object({}),

  title: { en: 'Recent changes are not the risky kind', ja: '最近の変更にリスクを溜めない' },
  why: {
    en: 'Large changes over many files and places, of code that many others changed, bring most new defects.',
    ja: '多くの人が触ったコードを、多くのファイルにわたって一度に変える変更が、新しい不具合の多くを生みます。',
  },
  fix: {
    en: 'Have it reviewed once more, test what it touched, and send the next one in smaller steps.',
    ja: 'もう一度レビューし、触れた箇所をテストしてください。次からは小さく分けてください。',
  },
  messages: {
    risky: {
      en: 'Riskier than {percent} % of the changes of 12 months: {lines} {lines|line|lines} in {files} {files|file|files} of {directories} {directories|directory|directories}, which {developers} {developers|person|people} changed {changes} {changes|time|times} before.',
      ja: '12か月の変更の{percent}%よりリスクが高い変更です。{directories}ディレクトリ・{files}ファイルの{lines}行を変更し、それらは{developers}人が{changes}回変更していました。',
    },
    'no-change-lift': {
      en: 'Of the changes ranked riskiest {hits} % were followed by a fix, of the largest {baseline} %: the ranking is no better.',
      ja: '最もリスクが高いとした変更のうち修正が続いたのは{hits}%、最も大きい変更では{baseline}%で、順位付けに優位がありません。',
    },
    ...INCONCLUSIVE,
  },
  examples: (): Examples => ({
    bad: [
      endingWith('src/hot.ts', 'Rebuild the rates', { 'src/hot.ts': source(25, 99), ...parts(6, 'ts') }),
      endingWith('src/税.ts', 'fix: 税率を直す', { 'src/税.ts': source(30, 98), ...parts(5, 'ts') }),
    ],
    good: [
      endingWith('src/hot.ts', 'Describe the rates', { 'docs/rates.md': '# Rates\n'.repeat(200), ...parts(6, 'md') }),
      endingWith('src/hot.ts', 'Begin a new part', { 'src/new/rates.ts': source(4, 1) }),
      endingWith('src/税.ts', 'fix: 税率を直す', { 'src/税.ts': source(20, 99) }),
    ],
  }),

  *check({ files, functions, commits, now }): CheckOutput {
    const made = forecast({ files, functions, commits }, now);
    const unusable = inconclusive(made);
    if (unusable) return unusable;
    const production = new Set(made.risks.map(({ path }) => path));
    const risks = rankChanges(commits, (path) => production.has(path));
    const test = testChanges(risks, now);
    const hits = Math.round(test.hits * 100);
    const baseline = Math.round(test.baseline * 100);
    if (!test.isTrusted) return { outcome: 'inconclusive', reason: 'no-change-lift', data: { hits, baseline } };

    const recent = risks.filter(({ commit }) => commit.committedAt > now - RECENT);
    const risky = recent.filter(({ rank, factors }) => rank >= RISKY && factors.added + factors.deleted >= MIN_LINES);
    for (const { commit, factors, developers, priorChanges, rank } of risky.slice(0, LISTED)) {
      yield {
        messageId: 'risky',
        data: {
          percent: Math.round(rank * 100),
          lines: factors.added + factors.deleted,
          files: factors.files,
          directories: factors.directories,
          developers,
          changes: priorChanges,
        },
        commits: [commit.id],
        evidence: commit.subject,
        anchor: commit.id,
      };
    }
    const value = recent.length === 0 ? 0 : risky.length / recent.length;
    const metrics = { recent_changes: recent.length, risky_changes: risky.length, change_hits: test.hits };
    return { value, population: recent.length, metrics };
  },
});
