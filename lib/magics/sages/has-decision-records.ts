import * as z from 'zod';
import { isOwnWork, isRelease } from '../commits';
import { type CheckOutput, defineRule, type SketchCommit } from '../define';
import type { CommitFact } from '../facts/history';
import { directoryOf, isProductionPath, isSourcePath } from '../paths';
import { hasStatus, isDecisionRecord, numberOf } from './decision-records';

const YEAR_SECONDS = 365 * 86_400;
/** Structural commits in 12 months from which the decisions behind them should be found somewhere. */
const MANY = 50;
/** Decisions that are kept in another place are kept. */
const KEPT_ELSEWHERE =
  /\badrs?\b|architecture decision|decision records?|design (?:docs?|documents?|proposals?)|\brfcs?\b(?! ?\d)|enhancement proposals?|\b[A-Z]{1,5}EPs?\b|\bKIPs?\b|設計文書|意思決定の記録|アーキテクチャ決定/;
const GUIDE = /^(?:\.github\/|docs\/)?(?:readme|contributing|governance|hacking|development|developing|maintainers)\b/i;

const isStructural = (commit: CommitFact): boolean =>
  isOwnWork(commit) &&
  !isRelease(commit) &&
  commit.files.some(({ path, status }) => status !== 'M' && isSourcePath(path) && isProductionPath(path));

const record = (status: string) =>
  `# Keep dates as text\n\n## Status\n\n${status}\n\n## Context\n\nZones.\n\n## Decision\n\nText.\n`;
const growth = (count: number, from = 0): SketchCommit[] =>
  Array.from({ length: count }, (_, index) => ({
    message: `Add part ${from + index}`,
    files: { [`src/part${from + index}.ts`]: `export const part = ${index};\n` },
  }));
const FIRST: SketchCommit = { message: 'Start', files: { 'src/a.ts': 'export {};\n' } };

export const hasDecisionRecords = defineRule({
  id: 'sages/has-decision-records',
  catalogue: 'SAG-K4',
  group: 'knowledge',
  severity: 'low',
  confidence: 0.85,
  needs: ['files', 'documents', 'commits', 'fileHistory'],
  limits: { per: 'measure', good: 1, bad: 0, range: [0, 1] },
  effort: 'moderate',
  references: ['https://adr.github.io/', 'https://adr.github.io/madr/'],
  tags: ['ISO27001 A.8.27', 'SSDF PW.1', 'ISO42010'],
  options: z.object({ minStructuralCommits: z.number().int().min(1).default(MANY) }),

  title: { en: 'Decisions are written down', ja: '設計上の決定を記録に残す' },
  why: {
    en: 'Code shows what was built, not what was turned down and why; the same debate returns with every newcomer.',
    ja: 'コードからは、退けた案とその理由がわかりません。人が入れ替わるたびに同じ議論が繰り返されます。',
  },
  fix: {
    en: 'Keep one short numbered page a decision in docs/decisions: status, context, decision, consequences.',
    ja: '決定ごとに番号付きの短い文書を docs/decisions に置き、状態・背景・決定・影響を書いてください。',
  },
  messages: {
    none: {
      en: '{structural} {structural|commit|commits} of the last 12 months added or removed source files; no decision record says why.',
      ja: '直近12か月に{structural}件のコミットがソースファイルを追加・削除していますが、決定の記録がありません。',
    },
    old: {
      en: 'No decision record is younger than 12 months, while {structural} {structural|commit|commits} added or removed source files.',
      ja: '{structural}件のコミットがソースファイルを追加・削除していますが、直近12か月に書かれた決定の記録がありません。',
    },
    elsewhere: {
      en: 'The guides name a place outside the repository for design decisions.',
      ja: '案内の文書によると、設計上の決定はリポジトリの外で管理されています。',
    },
    unnumbered: { en: 'This decision record has no number.', ja: 'この決定の記録には番号がありません。' },
    duplicate: {
      en: 'Number {number} is taken by “{other}” as well.',
      ja: '番号{number}は「{other}」にも使われています。',
    },
    status: {
      en: 'This decision record does not say whether it is proposed, accepted or superseded.',
      ja: 'この決定の記録には、提案中・承認済み・置換済みなどの状態が書かれていません。',
    },
  },
  examples: {
    bad: [
      { commits: [FIRST, ...growth(55)] },
      { files: { 'docs/adr/0001-dates.md': '# Keep dates as text\n\n## Context\n\nZones.\n' } },
      { files: { 'docs/adr/0001-dates.md': record('Accepted'), 'docs/adr/0001-zones.md': record('Accepted') } },
      {
        files: {
          'docs/decisions/0001-日付.md': record('承認'),
          'docs/decisions/0002-時差.md': record('承認'),
          'docs/decisions/文字列.md': record('承認'),
        },
      },
      {
        commits: [
          { message: 'Start', at: '2022-01-01T00:00:00Z', files: { 'docs/adr/0001-dates.md': record('Accepted') } },
          { message: 'Add a', at: '2024-01-01T00:00:00Z', files: { 'src/a.ts': 'export {};\n' } },
          ...growth(55),
        ],
      },
      { files: { 'docs/adr/0001-dates.md': record('[proposed | accepted | rejected]') } },
    ],
    good: [
      { files: { 'docs/adr/0001-dates.md': record('Accepted'), 'docs/adr/README.md': '# Decisions\n' } },
      {
        files: {
          'docs/decisions/0001-a.md': '---\nstatus: accepted\ndate: 2024-01-01\n---\n# a\n',
          'docs/decisions/0002-b.md': '# b\n\n* Status: superseded by 0003\n',
          'docs/decisions/0003-c.md': '# c\n\n**Status:** Proposed\n',
          'docs/decisions/0004-d.md': '# d\n\n| Status | Accepted |\n| --- | --- |\n',
          'docs/decisions/0005-e.rst': 'e\n=\n\nStatus\n------\n\nAccepted\n',
          'docs/decisions/template.md': '# t\n\n## Status\n\n{proposed}\n',
        },
      },
      { files: { 'docs/adr/0001-日付.md': '# 日付\n\n## ステータス\n\n承認済み\n\n## 背景\n' } },
      { commits: [{ ...FIRST, files: { 'docs/adr/0001-a.md': record('Accepted') } }, ...growth(55)] },
      {
        files: {
          'docs/adr/core/0001-a.md': record('Accepted'),
          'docs/adr/web/0001-b.md': record('Accepted'),
          'docs/adr/2024-05-01-c.md': record('Accepted'),
        },
      },
    ],
  },

  *check({ files, documents, commits, fileHistory, now }, { minStructuralCommits }): CheckOutput {
    const records = files.map(({ path }) => path).filter(isDecisionRecord);
    const structural = commits.filter(isStructural).length;
    const metrics = { decision_records: records.length, structural_commits: structural };
    const isChanging = structural > minStructuralCommits;
    if (records.length === 0) {
      if (!isChanging) return { outcome: 'not-applicable', reason: 'no-subjects', metrics };
      const isElsewhere = documents.some(({ path, text }) => GUIDE.test(path) && KEPT_ELSEWHERE.test(text));
      if (isElsewhere) return { outcome: 'inconclusive', reason: 'elsewhere', metrics };
      yield { messageId: 'none', data: { structural }, anchor: 'none' };
      return { value: 0, metrics };
    }

    const faulty = new Set<string>();
    const texts = new Map(documents.map(({ path, text }) => [path, text]));
    const byNumber = new Map<string, string>();
    // A log without numbers has an order of its own (names, dates).
    const isNumbered = records.filter((path) => numberOf(path) !== null).length * 2 > records.length;
    for (const path of records) {
      const location = { path, line: 1 };
      const number = numberOf(path);
      if (number === null && isNumbered) {
        faulty.add(path);
        yield { messageId: 'unnumbered', location, anchor: 'unnumbered' };
      }
      const key = `${directoryOf(path)} ${number}`;
      const other = byNumber.get(key);
      if (number !== null && number.length < 6 && other !== undefined) {
        faulty.add(path);
        yield { messageId: 'duplicate', data: { number, other }, location, anchor: 'duplicate' };
      }
      byNumber.set(key, path);
      const text = texts.get(path);
      if (text !== undefined && !hasStatus(text)) {
        faulty.add(path);
        yield { messageId: 'status', location, anchor: 'status' };
      }
    }
    const known = new Set(records);
    const isOld =
      isChanging && !fileHistory.some((file) => known.has(file.path) && file.createdAt > now - YEAR_SECONDS);
    if (isOld) yield { messageId: 'old', data: { structural }, anchor: 'old' };
    return { value: (1 - faulty.size / records.length) * (isOld ? 0.5 : 1), metrics };
  },
});
