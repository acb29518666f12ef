import type { CommitFact } from '../facts/history';
import { compareText } from '../hash';
import { isProductionPath, isSourcePath, isTestPath, languageOfPath } from '../paths';

/** What one commit changed, as the rules on tests and history see it. */

export function isProductionSource(path: string): boolean {
  return isSourcePath(path) && languageOfPath(path) !== null && isProductionPath(path);
}

/** Does a commit touch tests? `inlineTests`: files at HEAD that hold tests, whatever their name. */
export function isTesting(commit: CommitFact, inlineTests: ReadonlySet<string>): boolean {
  return commit.files.some(({ path }) => isTestPath(path) || inlineTests.has(path));
}

/** Directory most of the change is in: two levels, which is a package in most layouts. */
export function areaOf({ files }: CommitFact): string {
  const weights = new Map<string, number>();
  for (const { path, added } of files) {
    if (!isProductionSource(path)) continue;
    const directories = path.split('/').slice(0, -1).slice(0, 2).join('/') || '.';
    weights.set(directories, (weights.get(directories) ?? 0) + (added ?? 0));
  }
  const [first] = [...weights].sort(([a, x], [b, y]) => y - x || compareText(a, b));
  return first?.[0] ?? '.';
}
