import { describe, expect, test } from 'vitest';
import type { FileFact, FunctionFact } from '../facts/code';
import type { CommitFact } from '../facts/history';
import { backTest, confidenceOf } from './backtest';
import { percentileRanks, rankRisks, readFeatures } from './risk';

const DAY = 86_400;
const NOW = 1_000 * DAY;

const file = (path: string, codeLines: number) =>
  ({ path, codeLines, commentLines: 0, blankLines: 0, role: 'production', skipped: null }) as FileFact;
const complexity = (path: string, cyclomatic: number) => ({ path, cyclomatic }) as FunctionFact;
const commit = (daysAgo: number, subject: string, paths: string[], status: 'A' | 'M' = 'M') =>
  ({
    subject,
    body: '',
    parents: ['p'],
    isBot: false,
    author: 'ada',
    committedAt: NOW - daysAgo * DAY,
    files: paths.map((path) => ({ path, status, added: 10, deleted: 2, isCodeChanged: null })),
  }) as unknown as CommitFact;

const files = Array.from({ length: 10 }, (_, index) => file(`src/f${index}.ts`, index === 9 ? 400 : 100 + index * 10));
const functions = files.map((each) => complexity(each.path, 5));
const past = (path: string) => Array.from({ length: 30 }, (_, index) => commit(100 + index * 5, 'Extend', [path]));
const fixes = (path: string, count = 12) =>
  Array.from({ length: count }, (_, index) => commit(5 + index, 'fix: total', [path]));

describe('backTest', () => {
  test('has a lift when the files that changed most are the ones mended later', () => {
    const made = backTest({ files, functions, commits: [...fixes('src/f0.ts'), ...past('src/f0.ts')] }, NOW);

    expect(made).toMatchObject({ reason: null, fixes: 12, hits: 1, baseline: 0 });
    expect(made.lift).toBeGreaterThan(1);
  });

  test('has none when fixes fall on large quiet files', () => {
    const made = backTest({ files, functions, commits: [...fixes('src/f9.ts'), ...past('src/f0.ts')] }, NOW);

    expect(made).toMatchObject({ baseline: 1, reason: 'no-lift' });
  });

  test('refuses to judge on few fixes, little past or few files', () => {
    const commits = [...fixes('src/f0.ts', 3), ...past('src/f0.ts')];

    expect(backTest({ files, functions, commits }, NOW).reason).toBe('too-few-fixes');
    expect(backTest({ files, functions, commits: fixes('src/f0.ts') }, NOW).reason).toBe('too-few-commits');
    expect(backTest({ files: files.slice(0, 3), functions, commits }, NOW).reason).toBe('too-few-files');
  });

  test('does not know files that are younger than the cut', () => {
    const young = commit(50, 'Add', ['src/f0.ts'], 'A');
    const made = backTest({ files, functions, commits: [...fixes('src/f0.ts'), young, ...past('src/f1.ts')] }, NOW);

    expect(made).toMatchObject({ fixes: 0, reason: 'too-few-fixes' });
  });
});

test('features are those of the moment asked for', () => {
  const commits = [commit(5, 'fix: a', ['src/f0.ts']), commit(200, 'Extend', ['src/f0.ts'])];

  const [then] = readFeatures({ files, functions, commits }, NOW - 90 * DAY);
  const [today] = readFeatures({ files, functions, commits }, NOW);

  expect(then).toMatchObject({ revisions: 1, fixes: 0, codeLines: 92 });
  expect(today).toMatchObject({ revisions: 2, fixes: 1, codeLines: 100 });
});

test('percentile ranks share ties and give nothing to nothing', () => {
  expect(percentileRanks([0, 5, 5, 10, 0])).toEqual([0, 0.625, 0.625, 1, 0]);
  expect(percentileRanks([7])).toEqual([1]);
});

test('the order does not depend on the order of files', () => {
  const features = readFeatures({ files, functions, commits: past('src/f4.ts') }, NOW);

  expect(rankRisks([...features].reverse())).toEqual(rankRisks(features));
  expect(rankRisks(features)[0]?.path).toBe('src/f4.ts');
});

test('confidence grows with history and skill, and is halved without skill', () => {
  const good = { reason: null, fixes: 50, hits: 0.8, baseline: 0.4, lift: 2 };

  expect(confidenceOf(good, 500, 12)).toBe(1);
  expect(confidenceOf({ ...good, reason: 'no-lift', lift: 0.9 }, 500, 12)).toBe(0.3);
});
