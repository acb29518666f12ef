import * as z from 'zod';
import { classifyPath } from '../classify-path';
import { isOwnWork, isRelease, isRevert, MAX_LISTED_COMMITS, percent } from '../commits';
import { defineRule, type Examples } from '../define';
import type { CommitFact } from '../facts/history';
import { lines } from '../sketches';
import { linesToRead } from './no-huge-commit';

/** Names where the reason is written down: a request, an issue, a ticket. */
const REFERENCE = /(?:^|[\s([])(?:[\w.-]+\/[\w.-]+)?[#!]\d+\b|\b(?:GH|PR|MR)-?\d+\b|\b[A-Z][A-Z0-9]+-\d+\b|https?:\/\//;

/** The body without its trailers, which name people and not reasons. */
function explanationOf({ body, trailers }: Pick<CommitFact, 'body' | 'trailers'>): string {
  const paragraphs = body.split(/\n[ \t]*\n/);
  return (trailers.length > 0 ? paragraphs.slice(0, -1) : paragraphs).join('\n').trim();
}

export const hasExplainedChange = defineRule({
  id: 'git/has-explained-change',
  catalogue: 'GIT-05',
  group: 'messages',
  severity: 'low',
  confidence: 0.95,
  needs: ['commits', 'files'],
  limits: { per: 'measure', good: 0.2, bad: 0.8, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'trivial',
  references: ['https://doi.org/10.1145/3510003.3510205', 'https://git-scm.com/docs/git-commit#_discussion'],
  tags: ['ISO27001 A.8.32'],
  options: z.object({
    minLines: z.number().int().min(20).max(10_000).default(100),
    /** A request, issue or ticket named in the message counts as an explanation. */
    acceptsReference: z.boolean().default(true),
  }),

  title: { en: 'Larger changes explain themselves', ja: '大きめの変更には説明を書く' },
  why: {
    en: 'The code shows what changed. Why it changed is only in the heads of people unless the message says so.',
    ja: '何を変えたかはコードから分かりますが、なぜ変えたかは、メッセージに書かない限り本人の頭の中にしか残りません。',
  },
  fix: {
    en: 'Add a body: what was wrong or missing, why this way, what to watch. Or name the request or issue that says it.',
    ja: '何が問題だったのか、なぜこの方法にしたのか、何に注意すべきかを本文に書くか、それが書かれた課題や変更要求の番号を示してください。',
  },
  messages: {
    unexplained: {
      en: '{lines} changed lines and no word on why; {share} % of such commits have none.',
      ja: '{lines}行を変更していますが、理由が書かれていません。この規模のコミットの{share}%が説明なしです。',
    },
  },
  examples: (): Examples => ({
    bad: [
      {
        commits: [
          { message: 'Start', files: { 'src/a.ts': 'export {};\n' } },
          { message: 'Add totals', files: { 'src/totals.ts': lines(150) } },
        ],
      },
      {
        commits: [
          { message: 'Start', files: { 'app/a.py': 'A = 1\n' } },
          {
            message: '集計を追加\n\nSigned-off-by: 山田 花子 <hanako@acme.co.jp>\nCo-authored-by: Bo <bo@acme.co.jp>',
            files: { 'app/totals.py': lines(120, 'value_') },
          },
        ],
      },
    ],
    good: [
      {
        commits: [
          { message: 'Start with an import', files: { 'src/a.ts': lines(500) } },
          {
            message: 'Add totals\n\nAccounting closes the month with them.\n\nSigned-off-by: Bo <bo@acme.io>',
            files: { 'src/totals.ts': lines(150) },
          },
        ],
      },
      {
        commits: [
          { message: 'Start', files: { 'main.go': 'package main\n' } },
          { message: 'Add totals (#41)', files: { 'totals.go': `package main\n${lines(150, '// value')}` } },
        ],
      },
      {
        commits: [
          { message: 'Start', files: { 'src/a.ts': 'export {};\n' } },
          { message: 'Read dates\n\nThe importer needs them.', files: { 'src/dates.ts': lines(120) } },
          { message: 'Rename a step', files: { 'src/b.ts': lines(90) } },
          { message: 'Update the lock file', files: { 'package-lock.json': lines(4000) } },
        ],
      },
      {
        commits: [
          { message: 'Start', files: { 'src/a.ts': lines(400) } },
          { message: '日付を読む\n\n取り込み処理が必要とするため。', files: { 'src/日付.ts': lines(120) } },
          { message: 'Move', files: { 'src/a.ts': null, 'src/core/a.ts': lines(400) } },
        ],
      },
    ],
  }),

  *check({ commits, files }, { minLines, acceptsReference }) {
    const roles = new Map(files.map((file) => [file.path, file.role]));
    const roleOf = (path: string) => roles.get(path) ?? classifyPath(path);
    const judged = commits.flatMap((commit) => {
      const isSubject = isOwnWork(commit) && commit.parents.length > 0 && !isRevert(commit) && !isRelease(commit);
      const count = isSubject ? linesToRead(commit.files, roleOf) : null;
      return count !== null && count > minLines ? [{ commit, count }] : [];
    });
    const unexplained = judged.filter(
      ({ commit }) =>
        explanationOf(commit) === '' && !(acceptsReference && REFERENCE.test(`${commit.subject}\n${commit.body}`)),
    );
    const share = percent(unexplained.length, judged.length);
    for (const { commit, count } of unexplained.slice(0, MAX_LISTED_COMMITS)) {
      yield {
        messageId: 'unexplained',
        data: { lines: count, share },
        commits: [commit.id],
        evidence: commit.subject,
        anchor: commit.id,
      };
    }
    const value = unexplained.length / judged.length;
    return { value, population: judged.length, metrics: { unexplained_commits: unexplained.length } };
  },
});
