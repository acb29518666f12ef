import * as z from 'zod';
import { MAX_LISTED_COMMITS, percent } from '../commits';
import { defineRule } from '../define';
import { changes } from '../sketches';
import { CONVENTIONS, configuredConvention, dominantConvention, follows, isJudgedByConvention } from './conventions';

const MIN_COMMITS = 5;

export const hasCommitConvention = defineRule({
  id: 'git/has-commit-convention',
  catalogue: 'GIT-01',
  group: 'messages',
  severity: 'medium',
  confidence: 0.95,
  needs: ['commits', 'files', 'documents'],
  limits: { per: 'measure', good: 0.9, bad: 0.05, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'trivial',
  references: ['https://www.conventionalcommits.org/en/v1.0.0/'],
  tags: ['NIST SSDF PO.3', 'ISO27001 A.8.32'],
  options: z.object({ convention: z.enum(CONVENTIONS).optional() }),

  title: { en: 'One commit message convention', ja: 'コミットメッセージの規約を守る' },
  why: {
    en: 'Subjects written one way can be searched, grouped into a changelog and used to choose the next version.',
    ja: '書き方がそろった件名は、検索や変更履歴の生成、次のバージョンの判断に使えます。',
  },
  fix: {
    en: 'Write subjects the way the repository does; check them with a commit-msg hook or in CI.',
    ja: 'リポジトリの書き方に合わせて件名を書き、commit-msg フックか CI で確認してください。',
  },
  messages: {
    conventional: {
      en: 'The subject does not have the form “type(scope): description” that this repository uses.',
      ja: '件名が、このリポジトリで使われている「type(scope): 説明」の形になっていません。',
    },
    gitmoji: {
      en: 'The subject does not start with an emoji as this repository’s others do.',
      ja: '件名が、このリポジトリのほかの件名のように絵文字で始まっていません。',
    },
    ticket: {
      en: 'The subject does not start with a ticket key as this repository’s others do.',
      ja: '件名が、このリポジトリのほかの件名のように課題番号で始まっていません。',
    },
    subsystem: {
      en: 'The subject does not start with “part: ” as this repository’s others do.',
      ja: '件名が、このリポジトリのほかの件名のように「対象：」で始まっていません。',
    },
    none: {
      en: 'No convention covers 60 % of {count} subjects; {share} % follow Conventional Commits.',
      ja: '{count}件の件名の60%以上に共通する規約がありません。Conventional Commits に沿うものは{share}%です。',
    },
  },
  examples: {
    bad: [
      { commits: changes('Start', 'Add a parser', 'more work on things', 'Parse dates', 'Tidy tables', 'Show totals') },
      {
        commits: changes(
          'chore: start',
          'feat: add a parser',
          'fix: keep offsets',
          'docs: name the options',
          'feat(ui): show totals',
          'tidied the tables a bit',
          '合計を表示する',
        ),
      },
      {
        commits: [
          {
            message: 'Start',
            files: {
              'commitlint.config.js': "export default { extends: ['@commitlint/config-conventional'] };\n",
              'src/step.ts': 'export const step = -1;\n',
            },
          },
          ...changes('Add a parser', 'Parse dates', 'Tidy tables', 'Show totals', 'feat: print'),
        ],
      },
    ],
    good: [
      {
        commits: changes(
          'chore: start',
          'feat: add a parser',
          'fix(dates)!: keep offsets',
          'docs: 使い方を書く',
          'feat(ui): show totals',
          'test: cover offsets',
          'v1.0.0',
          'Revert "feat(ui): show totals"',
        ),
      },
      { commits: changes('Start', 'PAY-1 Add cards', 'PAY-2: Refund', '[PAY-3] Print', 'PAY-9 Round', 'OPS-4 Log') },
      {
        commits: changes(
          'start',
          'net/http: close idle connections',
          'cmd/go: name the module',
          'runtime: free earlier',
          'net, os: share a poller',
          'all: spell names',
        ),
      },
      { commits: changes('Start', '✨ Add a parser', ':bug: Keep offsets', '📝 使い方', '♻️ Tidy', '🚀 Ship') },
    ],
  },

  *check({ commits, files, documents }, { convention }) {
    const judged = commits.filter(isJudgedByConvention);
    if (judged.length < MIN_COMMITS) return { outcome: 'not-applicable', reason: 'no-subjects' };
    const configured = configuredConvention(
      files.map((file) => file.path),
      documents,
    );
    const chosen = convention ?? configured ?? dominantConvention(judged);
    const measured = chosen ?? 'conventional';
    const strays = judged.filter((commit) => !follows(commit.subject, measured));
    const share = 1 - strays.length / judged.length;

    if (chosen === null) {
      yield {
        messageId: 'none',
        data: { count: judged.length, share: percent(judged.length - strays.length, judged.length) },
        severity: 'low',
        anchor: 'none',
      };
    } else {
      for (const { id, subject } of strays.slice(0, MAX_LISTED_COMMITS)) {
        yield { messageId: chosen, commits: [id], evidence: subject, anchor: id };
      }
    }
    return { value: share, population: judged.length, metrics: { commit_convention_rate: share } };
  },
});
