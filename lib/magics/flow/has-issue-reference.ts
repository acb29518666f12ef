import * as z from 'zod';
import { isRevert, MAX_LISTED_COMMITS, percent } from '../commits';
import { type CheckOutput, defineRule } from '../define';
import { isProductionPath, isSourcePath } from '../paths';
import { changes } from '../sketches';
import { referenceReader } from './issue-references';
import { type Change, changesOf } from './mainline';

const changesCode = ({ parts }: Change) =>
  parts.some(({ files }) => files.some(({ path }) => isSourcePath(path) && isProductionPath(path)));

export const hasIssueReference = defineRule({
  id: 'flow/has-issue-reference',
  catalogue: 'FLW-01',
  group: 'plan',
  severity: 'medium',
  confidence: 0.85,
  needs: ['commits'],
  limits: { per: 'measure', good: 0.7, bad: 0.1, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'moderate',
  references: [
    'https://docs.github.com/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue',
    'https://adr.github.io/',
  ],
  tags: ['ISO27001 A.8.32', 'SOC2 CC8.1', 'NIST SSDF PO.1', 'PCI DSS 6.5'],
  options: z.object({}),

  title: { en: 'Changes refer to what they were planned in', ja: '変更から計画をたどれるようにする' },
  why: {
    en: 'Without an issue, a ticket or a decision nobody can tell later why a change was made or whether it is complete.',
    ja: '課題や決定の記録につながらない変更は、なぜ行われ、どこまで終わったのかを後から確かめられません。',
  },
  fix: {
    en: 'Name the issue, ticket, request or decision record in the message of each change of code.',
    ja: 'コードを変えるときは、課題・チケット・プルリクエスト・決定記録の番号をメッセージに書いてください。',
  },
  messages: {
    few: {
      en: 'Only {share} % of {count} {count|change of code names|changes of code name} an issue, a ticket, a request or a decision.',
      ja: 'コードの変更{count}件のうち、課題・チケット・プルリクエスト・決定記録に触れているものは{share}%だけです。',
    },
  },
  examples: {
    bad: [
      { commits: changes('Start', 'Add a parser', 'Read dates', '日付の処理を直す') },
      { commits: changes('Start', 'Support UTF-8', 'Hash with SHA-256', 'Fix the reader, see #3') },
      {
        commits: [
          { message: 'Start', files: { 'app/a.py': 'a = 1\n' } },
          { message: 'Read dates', files: { 'app/a.py': 'a = 2\n' } },
          { message: "Merge branch 'other'", merges: 1, parent: 0 },
        ],
      },
    ],
    good: [
      { commits: changes('Start', 'Add a parser (#1)', 'KAFKA-17001: keep the epoch', '[SHOP-7] 合計を直す') },
      {
        commits: [
          { message: 'Start', files: { 'src/a.ts': 'a\n' } },
          { message: 'Parse dates\n\nCloses #12', files: { 'src/b.ts': 'b\n' } },
          { message: "Merge branch 'dates'", merges: 1, parent: 0 },
        ],
      },
      {
        commits: [
          { message: 'Start', files: { 'main.go': 'a\n' } },
          { message: 'Fix typos in the guide', files: { 'docs/guide.md': '# a\n' } },
          { message: 'net: dial\n\nReviewed-on: https://go-review.example.org/c/net/+/1', files: { 'main.go': 'b\n' } },
          { message: 'Bump lodash', files: { 'main.go': 'c\n' }, author: 'dependabot[bot] <support@github.com>' },
          { message: 'v1.2.0', files: { 'main.go': 'd\n' } },
          { message: 'Revert "net: dial"', files: { 'main.go': 'e\n' } },
        ],
      },
      {
        commits: [
          { message: 'Start', files: { 'src/lib.rs': 'a\n' } },
          {
            message: 'Store facts in a file',
            files: { 'src/lib.rs': 'b\n', 'docs/decisions/0002-store.md': '# Store\n' },
          },
        ],
      },
    ],
  },

  *check({ commits }): CheckOutput {
    const read = referenceReader(commits);
    const judged = changesOf(commits).filter((change) => changesCode(change) && !isRevert(change.commit));
    const referenceOf = ({ commit, parts }: Change) => {
      const found = new Set([commit, ...parts].map(read));
      return found.has('issue') ? 'issue' : found.has('request') ? 'request' : 'none';
    };
    const references = judged.map(referenceOf);
    const traced = references.filter((reference) => reference !== 'none').length;
    const issues = references.filter((reference) => reference === 'issue').length;
    const untraced = judged.filter((_, at) => references[at] === 'none');
    if (untraced.length > 0) {
      yield {
        messageId: 'few',
        data: { share: percent(traced, judged.length), count: judged.length },
        commits: untraced.slice(0, MAX_LISTED_COMMITS).map(({ commit }) => commit.id),
        evidence: untraced[0]?.commit.subject,
        anchor: 'few',
      };
    }
    return {
      value: traced / judged.length,
      population: judged.length,
      metrics: {
        traceable_changes_percent: percent(traced, judged.length),
        issue_references_percent: percent(issues, judged.length),
      },
    };
  },
});
