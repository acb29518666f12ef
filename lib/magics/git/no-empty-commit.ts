import * as z from 'zod';
import { isOwnWork, MAX_LISTED_COMMITS } from '../commits';
import { defineRule } from '../define';
import { changes } from '../sketches';

export const noEmptyCommit = defineRule({
  id: 'git/no-empty-commit',
  catalogue: 'GIT-12',
  group: 'hygiene',
  severity: 'low',
  confidence: 0.98,
  needs: ['commits'],
  limits: { per: 'measure', good: 0, bad: 0.05, range: [0, 1] },
  effort: 'trivial',
  references: ['https://git-scm.com/docs/git-commit#Documentation/git-commit.txt---allow-empty'],
  options: z.object({}),

  title: { en: 'Commits that change something', ja: '変更のないコミットを作らない' },
  why: {
    en: 'A commit without a change says that work was done where none was. Builds can be started without one.',
    ja: '変更のないコミットは、していない作業をしたように見せます。ビルドはコミットなしでも開始できます。',
  },
  fix: {
    en: 'Start pipelines by hand (workflow_dispatch, “run pipeline”); drop empty commits when a branch is rebased.',
    ja: 'パイプラインは手動で開始し（workflow_dispatch など）、空のコミットはリベースの際に取り除いてください。',
  },
  messages: {
    empty: { en: '“{subject}” changes no file.', ja: '「{subject}」は、どのファイルも変更していません。' },
  },
  examples: {
    bad: [
      { commits: [...changes('Start', 'Add a parser'), { message: 'Trigger the build' }] },
      { commits: [...changes('はじめる'), { message: 'CI を再実行' }, { message: 'もう一度' }] },
    ],
    good: [
      { commits: changes('Start', 'Add a parser', 'Read dates') },
      {
        commits: [
          ...changes('Start', 'Add a parser'),
          { message: 'Read dates', files: { 'src/dates.ts': 'export {};\n' }, parent: 0 },
          { message: 'Merge branch dates', parent: 1, merges: 2, files: { 'src/dates.ts': 'export {};\n' } },
        ],
      },
      {
        commits: [
          { message: 'Begin with nothing' },
          ...changes('Add a parser'),
          { message: 'Make it executable', files: { 'run.sh': 'echo\n' } },
        ],
      },
    ],
  },

  *check({ commits }) {
    const judged = commits.filter((commit) => isOwnWork(commit) && commit.parents.length > 0);
    const empty = judged.filter(({ files }) => files.length === 0);
    for (const { id, subject } of empty.slice(0, MAX_LISTED_COMMITS)) {
      yield {
        messageId: 'empty',
        data: { subject: subject.slice(0, 80) },
        commits: [id],
        evidence: subject,
        anchor: id,
      };
    }
    const value = empty.length / judged.length;
    return { value, population: judged.length, metrics: { empty_commits: empty.length } };
  },
});
