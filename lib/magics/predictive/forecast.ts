import type { FactTables } from '../facts';
import { isTestPath } from '../paths';
import { mapTests, testedFromOutside } from '../test-matching';
import type { Text, Unavailable } from '../types';
import { type BackTest, backTest, confidenceOf } from './backtest';
import { type FileRisk, isTelling, type RiskInput, rankRisks, readFeatures } from './risk';

/** Files changed less often are quiet: their rank says little. */
export const MIN_REVISIONS = 5;
export const TOP_FILES = 20;
export const HOT = 0.9;

export interface Forecast {
  test: BackTest;
  confidence: number;
  /** Every production file, riskiest first. */
  risks: readonly FileRisk[];
  /** Those changed often enough to be named, at most `TOP_FILES`. */
  top: readonly FileRisk[];
}

const known = new WeakMap<readonly unknown[], Forecast>();

/** One forecast serves all rules of an audit: it is kept as long as its commits are. */
export function forecast(input: RiskInput, now: number): Forecast {
  const cached = known.get(input.commits);
  if (cached) return cached;
  const test = backTest(input, now);
  const risks = rankRisks(readFeatures(input, now));
  const oldest = input.commits.at(-1)?.committedAt ?? now;
  const months = (now - oldest) / (30 * 86_400);
  const made = {
    test,
    confidence: confidenceOf(test, input.commits.filter(isTelling).length, months),
    risks,
    top: risks.filter((file) => file.revisions >= MIN_REVISIONS).slice(0, TOP_FILES),
  };
  known.set(input.commits, made);
  return made;
}

/** What each rule of the magic returns when the back-test does not carry the forecast. */
export function inconclusive({ test, confidence }: Forecast): Unavailable | null {
  if (test.reason === null) return null;
  return {
    outcome: 'inconclusive',
    reason: test.reason,
    data: { fixes: test.fixes, hits: Math.round(test.hits * 100), baseline: Math.round(test.baseline * 100) },
    metrics: { ...backTestMetrics(test), confidence },
  };
}

export function backTestMetrics(test: BackTest): Record<string, number> {
  return {
    backtest_fixes: test.fixes,
    backtest_hits: test.hits,
    backtest_baseline: test.baseline,
    backtest_lift: test.lift,
  };
}

/** Texts of the reasons above; part of each rule's messages. */
export const INCONCLUSIVE = {
  'too-few-files': {
    en: 'Too few production files to compare.',
    ja: '比べるには、本番ファイルが少なすぎます。',
  },
  'too-few-commits': {
    en: 'Too little history before the last 90 days to learn from.',
    ja: '直近90日より前の履歴が少なく、学習できません。',
  },
  'too-few-fixes': {
    en: 'Only {fixes} fixes in the last 90 days: too few to test the forecast.',
    ja: '直近90日の修正が{fixes}件しかなく、予測を検証できません。',
  },
  'no-lift': {
    en: 'The forecast found {hits} % of the {fixes} later fixes, file size alone {baseline} %: it is no better.',
    ja: 'その後の修正{fixes}件のうち予測が当てたのは{hits}%、ファイルの大きさだけでも{baseline}%で、予測に優位がありません。',
  },
} as const satisfies Record<string, Text>;

type TestTables = Pick<FactTables, 'files' | 'tests' | 'imports' | 'commits'>;

export interface TestGap {
  kind: 'untested' | 'unchanged';
  /** Revisions of the file in which a test changed too. */
  withTest: number;
}

/** Frequent files without a test, or whose changes leave the tests alone. */
export function testGaps(tables: TestTables, files: readonly FileRisk[]): Map<string, TestGap> {
  const map = mapTests(tables);
  const isBlackBox = testedFromOutside(tables.files);
  const asked = new Set(files.map((file) => file.path));
  const withTest = new Map<string, number>();
  for (const commit of tables.commits) {
    if (!isTelling(commit) || !commit.files.some((file) => isTestPath(file.path))) continue;
    for (const { path } of commit.files) {
      if (asked.has(path)) withTest.set(path, (withTest.get(path) ?? 0) + 1);
    }
  }
  const gaps = new Map<string, TestGap>();
  for (const { path, revisions } of files) {
    const count = withTest.get(path) ?? 0;
    if (!map.isTested(path) && count === 0 && !isBlackBox(path)) gaps.set(path, { kind: 'untested', withTest: count });
    else if (revisions >= 2 * MIN_REVISIONS && count / revisions < 0.1) {
      gaps.set(path, { kind: 'unchanged', withTest: count });
    }
  }
  return gaps;
}
