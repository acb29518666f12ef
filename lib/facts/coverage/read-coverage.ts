import { classifyPath } from '@/lib/magics/classify-path';
import type { CoverageFact } from '@/lib/magics/facts/project';
import { compareText } from '@/lib/magics/hash';
import { nameOf, type ProjectText } from '../project/project-text';
import { readCobertura } from './cobertura';
import type { CoverageReport } from './coverage-report';
import { readGoProfile } from './go-profile';
import { readJacoco } from './jacoco';
import { readLcov } from './lcov';
import { type FileCoverage, type LineBudget, lineBudget } from './report-line';

const REPORT =
  /^(?:lcov\.info|[\w.-]{0,40}\.lcov|lcov\.dat|(?:cobertura|coverage|cobertura-coverage|coverage\.cobertura|clover)\.xml|jacoco(?:TestReport)?\.xml|(?:cover|coverage|profile|c)\.(?:out|cov)|coverage\.txt)$/;

const MAX_REPORTS = 100;
/** Of all committed reports together. */
const MAX_CHARACTERS = 8 * 1024 ** 2;

/** Reports of coverage that somebody committed; those among tests are what a program about coverage is tested with. */
export function isCoverageReport(path: string): boolean {
  if (!REPORT.test(nameOf(path))) return false;
  const role = classifyPath(path);
  return role !== 'test' && role !== 'fixture' && role !== 'vendored';
}

/** Lines run per file of the tree. Files that the tree does not hold are left out. */
export function readCoverage(texts: readonly ProjectText[], paths: ReadonlySet<string>): CoverageFact[] {
  const find = pathFinder(paths);
  const budget = lineBudget();
  let characters = 0;
  return texts.slice(0, MAX_REPORTS).flatMap(({ path, text }) => {
    const format = formatOf(text);
    if (format === null) return [];
    characters += text.length;
    if (characters > MAX_CHARACTERS) return [];
    return rowsOf(path, { format, files: READERS[format](text, budget) }, find);
  });
}

/** The same for a report that was given. */
export function placeReport(report: CoverageReport, paths: readonly string[]): CoverageFact[] {
  return rowsOf('', report, pathFinder(new Set(paths)));
}

function rowsOf(report: string, { format, files }: CoverageReport, find: (written: string) => string | null) {
  const merged = new Map<string, CoverageFact>();
  for (const { path: written, ...counts } of files) {
    const path = find(written);
    if (path !== null && !merged.has(path)) merged.set(path, { report, format, path, ...counts });
  }
  return [...merged.values()].sort((a, b) => compareText(a.path, b.path));
}

export const READERS: Record<CoverageReport['format'], (text: string, budget?: LineBudget) => FileCoverage[]> = {
  lcov: readLcov,
  go: readGoProfile,
  jacoco: readJacoco,
  cobertura: readCobertura,
};

/** By how it begins; null for what is no report. */
export function formatOf(text: string): CoverageReport['format'] | null {
  const head = text.slice(0, 2000);
  if (/^mode: /.test(head)) return 'go';
  if (/^(?:TN|SF):/m.test(head)) return 'lcov';
  if (/<report\b/.test(head)) return 'jacoco';
  return /<coverage\b/.test(head) ? 'cobertura' : null;
}

/** Reports write absolute paths, paths in a package, or paths from a directory further in: the longest common end counts. */
function pathFinder(paths: ReadonlySet<string>): (written: string) => string | null {
  const byName = new Map<string, string[]>();
  for (const path of [...paths].sort()) {
    const name = nameOf(path);
    const known = byName.get(name);
    if (known) known.push(path);
    else byName.set(name, [path]);
  }
  return (written) => {
    const clean = written.replaceAll('\\', '/').replace(/^\.\//, '');
    if (paths.has(clean)) return clean;
    const parts = clean.split('/');
    let best: string | null = null;
    let most = 0;
    let isShared = false;
    for (const path of (byName.get(nameOf(clean)) ?? []).slice(0, 1000)) {
      const shared = commonEnd(path.split('/'), parts);
      if (shared > most) {
        best = path;
        most = shared;
        isShared = false;
      } else if (shared === most) isShared = true;
    }
    if (best === null || isShared) return null;
    // A name alone may be that of a file of a library.
    return most > 1 || best.split('/').length === 1 || parts.length === 1 ? best : null;
  };
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a.at(-1 - shared) === b.at(-1 - shared)) shared += 1;
  return shared;
}
