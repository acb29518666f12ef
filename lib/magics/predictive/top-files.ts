import type { Facts } from '../facts';
import type { FunctionFact } from '../facts/code';
import type { MessageData, Text } from '../types';
import { type ComplexityTrend, complexityTrends, isRising } from './complexity-trend';
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
  revisions: { en: 'changed {count} {count|time|times} in 12 months', ja: '12か月で{count}回変更' },
  fixes: { en: '{count} {count|fix|fixes} in 12 months', ja: '12か月で{count}回修正' },
  complexity: { en: 'complexity {count}', ja: '複雑度 {count}' },
  churn: { en: '{percent} % of its lines rewritten', ja: '行数の{percent}%を書き換え' },
  authors: { en: '{count} people change it', ja: '{count}人が変更' },
  rising: { en: 'complexity rose from {first} to {last}', ja: '複雑度が {first} から {last} に上昇' },
  untested: { en: 'no test covers it', ja: '対応するテストなし' },
  unchanged: { en: 'tests rarely change with it', ja: 'テストがほとんど一緒に変わらない' },
  'add-tests': {
    en: 'Write tests for its current behaviour before the next change.',
    ja: '次に変更する前に、今の振る舞いを確かめるテストを書いてください。',
  },
  'add-tests-for': {
    en: 'Before the next change, write tests for {name} (line {line}), its most tangled function.',
    ja: '次に変更する前に、最も込み入った関数「{name}」（{line}行目）のテストを書いてください。',
  },
  'test-with-change': {
    en: 'It changed {count} times, mostly without a test: ask for one with the next change.',
    ja: '{count}回の変更の多くにテストがありません。次の変更からテストを添えるよう求めてください。',
  },
  'find-cause': {
    en: 'Look for what its {count} fixes have in common before mending the next one.',
    ja: '次の修正の前に、これまでの{count}回の修正に共通する原因を探してください。',
  },
  split: {
    en: 'Split off the part that changes most: {count} changes meet complexity {complexity} here.',
    ja: '最もよく変わる部分を切り出してください（変更{count}回、複雑度 {complexity}）。',
  },
  'split-function': {
    en: 'Split {name} (line {line}): its complexity of {count} is the highest in this file.',
    ja: '「{name}」（{line}行目）を分けてください。複雑度 {count} はこのファイルで最大です。',
  },
  settle: {
    en: 'Settle its design before building further on it: {percent} % of its lines were rewritten.',
    ja: '行数の{percent}%が書き換えられています。さらに積み上げる前に、設計を固めてください。',
  },
  review: {
    en: 'Have its next change reviewed by someone who knows the last {count}.',
    ja: '次の変更は、これまでの{count}回の変更を知る人がレビューしてください。',
  },
} as const satisfies Record<string, Text>;

const NOTABLE = 0.8;
const MANY_AUTHORS = 4;
const MANY_FIXES = 3;
const COMPLEX = 40;
const TANGLED = 10;
const MAX_NAME = 60;

function reasonsFor(file: FileRisk, gap: TestGap | undefined, trend: ComplexityTrend | undefined): Remark[] {
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
  if (trend && isRising(trend)) {
    reasons.push({ id: 'rising', data: { first: trend.first, last: trend.last }, rank: NOTABLE });
  }
  if (gap) reasons.push({ id: gap.kind, data: {}, rank: gap.kind === 'untested' ? 1 : NOTABLE });
  return reasons.sort((a, b) => b.rank - a.rank || (a.id < b.id ? -1 : 1)).map(({ id, data }) => ({ id, data }));
}

type NamedFunction = Pick<FunctionFact, 'name' | 'line' | 'cyclomatic'>;

/** One thing to do, with what it is about: the same advice under five files helps nobody. */
function actionFor(file: FileRisk, gap: TestGap | undefined, hardest: NamedFunction | undefined): Remark {
  const { fixes, revisions, complexity, relativeChurn } = file;
  const named = hardest && { name: hardest.name.slice(0, MAX_NAME), line: hardest.line };
  if (gap?.kind === 'untested') return named ? { id: 'add-tests-for', data: named } : { id: 'add-tests', data: {} };
  if (fixes >= MANY_FIXES && fixes / revisions >= 0.3) return { id: 'find-cause', data: { count: fixes } };
  if (complexity >= COMPLEX && file.ranks.complexity >= NOTABLE) {
    if (named && hardest.cyclomatic >= TANGLED) {
      return { id: 'split-function', data: { ...named, count: hardest.cyclomatic } };
    }
    return { id: 'split', data: { count: revisions, complexity: Math.round(complexity) } };
  }
  if (gap) return { id: 'test-with-change', data: { count: revisions } };
  if (relativeChurn >= 1) return { id: 'settle', data: { percent: Math.round(relativeChurn * 100) } };
  return { id: 'review', data: { count: revisions } };
}

/** The most complex function with a name of each of these files; the first of equals. */
function hardestFunctions(functions: readonly FunctionFact[], paths: ReadonlySet<string>): Map<string, NamedFunction> {
  const hardest = new Map<string, NamedFunction>();
  for (const each of functions) {
    if (!paths.has(each.path) || each.body === 'none' || each.name.startsWith('(')) continue;
    if (each.cyclomatic > (hardest.get(each.path)?.cyclomatic ?? 1)) hardest.set(each.path, each);
  }
  return hardest;
}

/** The files most likely to need mending next, each with reasons and one thing to do; empty without history. */
export function predictTopFiles(facts: Facts, limit: number = TOP_FILES): TopFile[] {
  const { files, functions, commits, fileRevisions, tests, imports } = facts;
  if (!files || !functions || !commits) return [];
  const top = forecast({ files, functions, commits }, facts.now).top.slice(0, limit);
  const trends = complexityTrends(fileRevisions ?? []);
  const hardest = hardestFunctions(functions, new Set(top.map(({ path }) => path)));
  const gaps = testGaps({ files, commits, tests: tests ?? [], imports: imports ?? [] }, top);
  return top.map((file) => ({
    path: file.path,
    risk: Math.round(file.risk * 1000) / 1000,
    reasons: reasonsFor(file, tests && imports ? gaps.get(file.path) : undefined, trends.get(file.path)),
    action: actionFor(file, tests && imports ? gaps.get(file.path) : undefined, hardest.get(file.path)),
    codeLines: file.codeLines,
    revisions: file.revisions,
    complexity: Math.round(file.complexity),
  }));
}
