import type { Facts } from '../facts';
import type { MessageData, Text } from '../types';
import { forecast, type TestGap, TOP_FILES, testGaps } from './forecast';
import type { FileRisk } from './risk';

export interface Remark {
  id: keyof typeof REMARKS;
  data: MessageData;
}

export interface TopFile {
  path: string;
  /** Relative index among this repository's files, 0–1. */
  risk: number;
  reasons: Remark[];
  action: Remark;
  codeLines: number;
  revisions: number;
  complexity: number;
}

/** Texts of reasons and actions, for every place that shows them. */
export const REMARKS = {
  revisions: { en: 'changed {count} times in 12 months', ja: '12 か月で {count} 回変更' },
  fixes: { en: '{count} fixes in 12 months', ja: '12 か月で {count} 回修正' },
  complexity: { en: 'complexity {count}', ja: '複雑度 {count}' },
  churn: { en: '{percent} % of its lines rewritten', ja: '行数の {percent} % を書き換え' },
  authors: { en: '{count} people change it', ja: '{count} 人が変更' },
  untested: { en: 'no test covers it', ja: '対応するテストなし' },
  unchanged: { en: 'tests rarely change with it', ja: 'テストがほとんど一緒に変わらない' },
  'add-tests': {
    en: 'Write tests for its current behaviour before the next change.',
    ja: '次に変更する前に、今の振る舞いを確かめるテストを書いてください。',
  },
  'test-with-change': {
    en: 'Ask for a test with every change to it.',
    ja: '変更のたびにテストを添えるよう求めてください。',
  },
  'find-cause': {
    en: 'Look for the common cause of its fixes before mending the next one.',
    ja: '次の修正の前に、これまでの修正に共通する原因を探してください。',
  },
  split: {
    en: 'Split off the part that changes most.',
    ja: '最もよく変わる部分を切り出してください。',
  },
  settle: {
    en: 'Settle its design before building further on it.',
    ja: 'さらに積み上げる前に、設計を固めてください。',
  },
  review: {
    en: 'Have every change reviewed by someone who knows it.',
    ja: '詳しい人が必ず変更をレビューしてください。',
  },
} as const satisfies Record<string, Text>;

const NOTABLE = 0.8;
const MANY_AUTHORS = 4;
const MANY_FIXES = 3;
const COMPLEX = 40;

function reasonsFor(file: FileRisk, gap: TestGap | undefined): Remark[] {
  const { ranks } = file;
  const reasons: (Remark & { rank: number })[] = [
    { id: 'revisions', data: { count: file.revisions }, rank: ranks.revisions },
  ];
  const add = (isTrue: boolean, reason: Remark, rank: number) => isTrue && reasons.push({ ...reason, rank });
  add(file.fixes >= 2, { id: 'fixes', data: { count: file.fixes } }, ranks.fixes);
  add(
    ranks.complexity >= NOTABLE,
    { id: 'complexity', data: { count: Math.round(file.complexity) } },
    ranks.complexity,
  );
  const percent = Math.round(file.relativeChurn * 100);
  add(ranks.churn >= NOTABLE, { id: 'churn', data: { percent } }, ranks.churn);
  add(file.authors >= MANY_AUTHORS, { id: 'authors', data: { count: file.authors } }, ranks.authors);
  if (gap) reasons.push({ id: gap.kind, data: {}, rank: gap.kind === 'untested' ? 1 : NOTABLE });
  return reasons.sort((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1)).map(({ id, data }) => ({ id, data }));
}

function actionFor(file: FileRisk, gap: TestGap | undefined): Remark {
  const only = (id: Remark['id']): Remark => ({ id, data: {} });
  if (gap?.kind === 'untested') return only('add-tests');
  if (file.fixes >= MANY_FIXES && file.fixes / file.revisions >= 0.3) return only('find-cause');
  if (file.complexity >= COMPLEX && file.ranks.complexity >= NOTABLE) return only('split');
  if (gap) return only('test-with-change');
  return only(file.relativeChurn >= 1 ? 'settle' : 'review');
}

/** The files most likely to need mending next, each with reasons and one thing to do; empty without history. */
export function predictTopFiles(facts: Facts, limit: number = TOP_FILES): TopFile[] {
  const { files, functions, commits, tests, imports } = facts;
  if (!files || !functions || !commits) return [];
  const top = forecast({ files, functions, commits }, facts.now).top.slice(0, limit);
  const gaps = testGaps({ files, commits, tests: tests ?? [], imports: imports ?? [] }, top);
  return top.map((file) => ({
    path: file.path,
    risk: Math.round(file.risk * 1000) / 1000,
    reasons: reasonsFor(file, tests && imports ? gaps.get(file.path) : undefined),
    action: actionFor(file, tests && imports ? gaps.get(file.path) : undefined),
    codeLines: file.codeLines,
    revisions: file.revisions,
    complexity: Math.round(file.complexity),
  }));
}
