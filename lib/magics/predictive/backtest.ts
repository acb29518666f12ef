import { isBugFix } from '../commits';
import { compareText } from '../hash';
import { isTelling, type RiskInput, rankRisks, readFeatures } from './risk';

const DAY = 86_400;
const HELD_BACK = 90 * DAY;
const TOP_SHARE = 0.2;
const MIN_FIXES = 8;
const MIN_FILES = 5;
const MIN_PAST = 20;

export interface BackTest {
  /** Why the forecast may not be used, else null. */
  reason: 'too-few-files' | 'too-few-commits' | 'too-few-fixes' | 'no-lift' | null;
  /** Fix commits of the last 90 days that touch a file known before. */
  fixes: number;
  /** Share of them that touch the predicted top 20 % of files, 0–1. */
  hits: number;
  /** The same for the largest 20 % of files. */
  baseline: number;
  lift: number;
}

/** Forecasts from what was known 90 days before `now` and looks at what was mended since. */
export function backTest(input: RiskInput, now: number): BackTest {
  const cut = now - HELD_BACK;
  const features = readFeatures(input, cut);
  const none = { fixes: 0, hits: 0, baseline: 0, lift: 0 };
  if (features.length < MIN_FILES) return { ...none, reason: 'too-few-files' };
  const past = input.commits.filter((commit) => commit.committedAt <= cut && isTelling(commit)).length;
  if (past < MIN_PAST) return { ...none, reason: 'too-few-commits' };

  const count = Math.max(1, Math.floor(features.length * TOP_SHARE));
  const predicted = new Set(
    rankRisks(features)
      .slice(0, count)
      .map((file) => file.path),
  );
  const largest = new Set(
    [...features]
      .sort((a, b) => b.codeLines - a.codeLines || compareText(a.path, b.path))
      .slice(0, count)
      .map((file) => file.path),
  );
  const known = new Set(features.map((file) => file.path));
  const fixes = input.commits
    .filter((commit) => commit.committedAt > cut && isTelling(commit) && isBugFix(commit))
    .map((commit) => commit.files.map((file) => file.path).filter((path) => known.has(path)))
    .filter((paths) => paths.length > 0);
  if (fixes.length < MIN_FIXES) return { ...none, fixes: fixes.length, reason: 'too-few-fixes' };

  const share = (top: ReadonlySet<string>) =>
    fixes.filter((paths) => paths.some((path) => top.has(path))).length / fixes.length;
  const hits = share(predicted);
  const baseline = share(largest);
  const lift = baseline === 0 ? (hits === 0 ? 0 : fixes.length * hits) : hits / baseline;
  return { fixes: fixes.length, hits, baseline, lift, reason: lift > 1 ? null : 'no-lift' };
}

/** 0–1: how much history there was to learn from and how well the back-test went. */
export function confidenceOf(test: BackTest, commits: number, months: number): number {
  const enough = (value: number, full: number) => Math.min(1, value / full);
  const history = (enough(commits, 500) + enough(test.fixes, 50) + enough(months, 12)) / 3;
  const skill = test.reason === null ? enough(test.lift - 1, 1) : 0;
  return Math.round((0.6 * history + 0.4 * skill) * (test.reason === null ? 1 : 0.5) * 100) / 100;
}
