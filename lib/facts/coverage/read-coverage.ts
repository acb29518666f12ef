import { classifyPath } from '@/lib/magics/classify-path';
import type { CoverageFact } from '@/lib/magics/facts';
import { nameOf, type ProjectText } from '../project/project-text';
import { readCobertura } from './cobertura';
import { readGoProfile } from './go-profile';
import { readJacoco } from './jacoco';
import { readLcov } from './lcov';
import { type FileCoverage, MAX_REPORT_CHARACTERS } from './report-line';

const REPORT =
  /^(?:lcov\.info|[\w.-]{0,40}\.lcov|lcov\.dat|(?:cobertura|coverage|cobertura-coverage|coverage\.cobertura|clover)\.xml|jacoco(?:TestReport)?\.xml|(?:cover|coverage|profile|c)\.(?:out|cov)|coverage\.txt)$/;

/** Reports of coverage that somebody committed; those among tests are what a program about coverage is tested with. */
export function isCoverageReport(path: string): boolean {
  if (!REPORT.test(nameOf(path))) return false;
  const role = classifyPath(path);
  return role !== 'test' && role !== 'fixture' && role !== 'vendored';
}

/** Lines run per file of the tree. Files that the tree does not hold are left out. */
export function readCoverage(texts: readonly ProjectText[], paths: ReadonlySet<string>): CoverageFact[] {
  const find = pathFinder(paths);
  return texts.flatMap(({ path: report, text }) => {
    const { format, files } = readReport(text);
    if (format === null) return [];
    const merged = new Map<string, CoverageFact>();
    for (const { path: written, lines, hit } of files) {
      const path = find(written);
      if (path === null || merged.has(path)) continue;
      merged.set(path, { report, format, path, lines, hit });
    }
    return [...merged.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  });
}

function readReport(text: string): { format: CoverageFact['format'] | null; files: FileCoverage[] } {
  if (text.length > MAX_REPORT_CHARACTERS) return { format: null, files: [] };
  const head = text.slice(0, 2000);
  if (/^mode: /.test(head)) return { format: 'go', files: readGoProfile(text) };
  if (/^(?:TN|SF):/m.test(head)) return { format: 'lcov', files: readLcov(text) };
  if (/<report\b/.test(head)) return { format: 'jacoco', files: readJacoco(text) };
  if (/<coverage\b/.test(head)) return { format: 'cobertura', files: readCobertura(text) };
  return { format: null, files: [] };
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
    return isShared ? null : best;
  };
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let shared = 0;
  while (shared < a.length && shared < b.length && a.at(-1 - shared) === b.at(-1 - shared)) shared += 1;
  return shared;
}
