import { z } from 'zod';
import { percent } from '../commits';
import { type CheckOutput, defineRule } from '../define';
import { changes } from '../sketches';
import { isBotBranch, isLongLived } from './long-lived';

const MAX_LISTED = 50;
const MIN_BRANCHES = 5;
const PREFIX = /^([A-Za-z][A-Za-z0-9_-]*)\/\S/;
/** Kinds of work; other first parts are names of people or forks, and no convention of a repository. */
const KINDS = new Set(
  'feat feature features fix fixes bugfix bug hotfix chore docs doc refactor test tests ci build perf style revert task story issue improvement enhancement spike experiment poc topic wip support release releases'.split(
    ' ',
  ),
);

function prefixOf(name: string): string | null {
  return PREFIX.exec(name)?.[1]?.toLowerCase() ?? null;
}

const branchesAt = (...names: string[]) => names.map((name) => ({ name, commit: 0 }));

export const hasBranchConvention = defineRule({
  id: 'git/has-branch-convention',
  catalogue: 'GIT-09',
  group: 'branches',
  severity: 'low',
  confidence: 0.9,
  needs: ['branches', 'history'],
  limits: { per: 'measure', good: 0.9, bad: 0.4, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'trivial',
  references: ['https://conventional-branch.github.io'],
  options: z.object({
    /** First parts that names may have, `feature` for `feature/login`. Without them: the kinds of work that most use. */
    prefixes: z
      .array(z.string().regex(/^[\w-]{1,40}$/))
      .max(50)
      .optional(),
  }),

  title: { en: 'One way to name branches', ja: 'ブランチ名の規約を守る' },
  why: {
    en: 'Names of one form tell what a branch is for, and let rules of the host and pipelines choose by name.',
    ja: '名前の形がそろっていれば、ブランチの目的が分かり、保護設定やパイプラインを名前で選べます。',
  },
  fix: {
    en: 'Name branches by kind and subject, such as “fix/lost-offset”; have the host refuse others.',
    ja: '「fix/lost-offset」のように種類と内容で名付け、それ以外の名前はホスト側で拒否してください。',
  },
  messages: {
    stray: {
      en: 'Branch “{branch}” does not start with a kind of work; {share} % of the others do.',
      ja: 'ブランチ「{branch}」は、作業の種類で始まっていません。ほかのブランチの{share}% は従っています。',
    },
    unused: {
      en: 'No convention for branches: most names do not start with a kind of work.',
      ja: 'ブランチ名の規約がありません。多くの名前が作業の種類で始まっていません。',
    },
  },
  examples: {
    bad: [
      {
        commits: changes('Start', 'Add a parser'),
        branches: branchesAt('feature/a', 'feature/b', 'fix/c', 'fix/d', 'my-branch', 'テスト'),
      },
      {
        commits: changes('Start', 'Add a parser'),
        options: { prefixes: ['story'] },
        branches: branchesAt('story/1', 'story/2', 'story/3', 'feature/a', 'patch-1'),
      },
    ],
    good: [
      {
        commits: changes('Start', 'Add a parser'),
        branches: branchesAt('feature/a', 'Feature/b', 'fix/c', 'fix/日付', 'chore/tools', 'dependabot/npm/x', '4.x'),
      },
      {
        commits: changes('Start', 'Add a parser'),
        branches: branchesAt('feat/a', 'fix/b', 'fix/c', 'docs/d', 'test/e', 'release/1.0', 'gh-pages'),
      },
      {
        commits: changes('はじめる', '解析を追加'),
        options: { prefixes: ['story'] },
        branches: branchesAt('story/1', 'story/2', 'story/3', 'story/4', 'story/五'),
      },
    ],
  },

  *check({ branches, history }, { prefixes }): CheckOutput {
    const judged = branches.filter(({ name }) => name !== history.branch && !isLongLived(name) && !isBotBranch(name));
    if (judged.length < MIN_BRANCHES) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const allowed = prefixes ? new Set(prefixes.map((prefix) => prefix.toLowerCase())) : KINDS;
    const strays = judged.filter(({ name }) => !allowed.has(prefixOf(name) ?? ''));
    const share = 1 - strays.length / judged.length;
    // Nobody asked for a convention, and there is none to hold names to.
    if (!prefixes && share <= 0.5) {
      return { outcome: 'not-applicable', reason: 'unused', metrics: { branch_convention_rate: share } };
    }
    for (const { name, commitId } of strays.slice(0, MAX_LISTED)) {
      yield {
        messageId: 'stray',
        data: { branch: name.slice(0, 100), share: percent(judged.length - strays.length, judged.length) },
        commits: [commitId],
        anchor: name,
      };
    }
    return { value: share, population: judged.length, metrics: { branch_convention_rate: share } };
  },
});
