import type { FunctionFact } from '../facts/code';
import type { FileRisk } from './risk';

const COMPLEX = 10;

/** Mean over files, each counted by how much of it changes: quiet code does not hide what hurts. */
export function weightedByChange(risks: readonly FileRisk[], read: (file: FileRisk) => number): number {
  let sum = 0;
  let weights = 0;
  for (const file of risks) {
    sum += read(file) * file.churnedLines;
    weights += file.churnedLines;
  }
  return weights === 0 ? 0 : sum / weights;
}

/** 0–100 each: share of code in complex functions, and how much of what changes lies outside them. */
export function debtOutlook(
  risks: readonly FileRisk[],
  functions: readonly FunctionFact[],
): { technicalDebtScore: number; maintainabilityPrediction: number } {
  const lines = new Map<string, { all: number; complex: number }>();
  for (const { path, codeLines, cyclomatic } of functions) {
    const tally = lines.get(path) ?? { all: 0, complex: 0 };
    tally.all += codeLines;
    if (cyclomatic > COMPLEX) tally.complex += codeLines;
    lines.set(path, tally);
  }
  const complexShare = (path: string) => {
    const tally = lines.get(path);
    return tally && tally.all > 0 ? Math.min(1, tally.complex / tally.all) : 0;
  };
  const allLines = risks.reduce((sum, file) => sum + file.codeLines, 0);
  const complexLines = risks.reduce((sum, file) => sum + file.codeLines * complexShare(file.path), 0);
  return {
    technicalDebtScore: allLines === 0 ? 0 : (100 * complexLines) / allLines,
    maintainabilityPrediction: 100 * (1 - weightedByChange(risks, (file) => complexShare(file.path))),
  };
}
