import * as z from 'zod';
import { isMerge, isPullMerge, MAX_LISTED_COMMITS, percent } from '../commits';
import { defineRule } from '../define';
import type { CommitFact } from '../facts/history';
import { changes } from '../sketches';

/** Branches that live side by side exchange work by merges: that is what they are for. */
const INTO_LONG_LIVED =
  /\binto ['"“]?(?:\w+\/)?(?:main|master|trunk|stable|develop|dev|next|releases?|lts|v?\d+(?:\.[\dx]+)+)\b/i;

/** A topic, or a clone of the branch itself, was brought up to date with a merge. */
function isBackMerge(commit: CommitFact, mainLine: ReadonlySet<string>): boolean {
  if (isPullMerge(commit)) return true;
  if (commit.isFirstParent || INTO_LONG_LIVED.test(commit.subject)) return false;
  return commit.parents.slice(1).some((id) => mainLine.has(id));
}

const file = (path: string) => ({ [path]: 'export {};\n' });

export const noBackMerge = defineRule({
  id: 'git/no-back-merge',
  catalogue: 'GIT-12',
  group: 'hygiene',
  severity: 'low',
  confidence: 0.95,
  needs: ['commits'],
  limits: { per: 'measure', good: 0.05, bad: 0.4, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'trivial',
  references: ['https://git-scm.com/docs/git-pull', 'https://git-scm.com/docs/git-rebase'],
  options: z.object({}),

  title: { en: 'Branches are rebased, not merged back and forth', ja: '共有ブランチを逆向きにマージしない' },
  why: {
    en: 'Merges that only bring a branch up to date bury the ones that bring work, and make the first-parent line lie.',
    ja: '更新を取り込むだけのマージは、成果を取り込むマージを埋もれさせ、履歴の本線をたどれなくします。',
  },
  fix: {
    en: 'Use git pull --rebase and rebase topics before they are merged, or squash requests.',
    ja: 'git pull --rebase を使い、マージ前に作業ブランチをリベースするか、変更要求をスカッシュしてください。',
  },
  messages: {
    back: {
      en: 'This merge only brings a branch up to date; {share} % of the merges do.',
      ja: 'ブランチを最新にするだけのマージです。マージの{share}%がこれに当たります。',
    },
  },
  examples: {
    bad: [
      {
        commits: [
          ...changes('Start'),
          { message: 'Begin a topic', files: file('src/topic.ts'), parent: 0 },
          { message: 'Add a parser', files: file('src/parser.ts'), parent: 0 },
          { message: "Merge branch 'main' into topic", files: file('src/parser.ts'), parent: 1, merges: 2 },
          { message: 'Merge topic', files: file('src/topic.ts'), parent: 2, merges: 3 },
        ],
      },
      {
        commits: [
          ...changes('はじめる'),
          { message: '手元の変更', files: file('src/mine.ts'), parent: 0 },
          { message: '同僚の変更', files: file('src/theirs.ts'), parent: 0 },
          {
            message: "Merge branch 'main' of github.com:acme/shop",
            files: file('src/theirs.ts'),
            parent: 1,
            merges: 2,
          },
        ],
      },
    ],
    good: [
      {
        commits: [
          ...changes('Start'),
          { message: 'Begin a topic', files: file('src/topic.ts'), parent: 0 },
          { message: 'Add a parser', files: file('src/parser.ts'), parent: 0 },
          { message: 'Merge topic', files: file('src/topic.ts'), parent: 2, merges: 1 },
        ],
      },
      {
        commits: [
          ...changes('Start', "Explain: Merge branch 'main' into topic"),
          { message: '作業を始める', files: file('src/topic.ts'), parent: 0 },
          { message: "Merge branch 'main-menu'", files: file('src/topic.ts'), parent: 1, merges: 2 },
        ],
      },
      {
        commits: [
          ...changes('Start'),
          { message: 'Begin a part', files: file('src/part.ts'), parent: 0 },
          { message: 'Begin the whole', files: file('src/whole.ts'), parent: 0 },
          { message: "Merge branch 'part' into whole", files: file('src/part.ts'), parent: 2, merges: 1 },
          { message: 'Add a parser', files: file('src/parser.ts'), parent: 0 },
          { message: 'Merge whole', files: file('src/whole.ts'), parent: 4, merges: 3 },
        ],
      },
    ],
  },

  *check({ commits }) {
    const mainLine = new Set(commits.filter(({ isFirstParent }) => isFirstParent).map(({ id }) => id));
    const merges = commits.filter((commit) => isMerge(commit) && !commit.isBot);
    const back = merges.filter((commit) => isBackMerge(commit, mainLine));
    const share = percent(back.length, merges.length);
    for (const { id, subject } of back.slice(0, MAX_LISTED_COMMITS)) {
      yield { messageId: 'back', data: { share }, commits: [id], evidence: subject, anchor: id };
    }
    const value = back.length / merges.length;
    return { value, population: merges.length, metrics: { back_merges: back.length } };
  },
});
