import { isOwnWork, isRelease, isRevert, parseConventional } from '../commits';
import type { CommitFact } from '../facts/history';
import type { DocumentFact } from '../facts/project';

export const CONVENTIONS = ['conventional', 'gitmoji', 'ticket', 'subsystem'] as const;
export type Convention = (typeof CONVENTIONS)[number];

/** Half of the subjects in one form is no convention yet. */
const DOMINANT_SHARE = 0.6;
const GITMOJI = /^(?::[a-z0-9_+-]+:|\p{Extended_Pictographic}\uFE0F?)/u;
const TICKET = /^[[(]?(?:[A-Z][A-Z0-9_]+-\d+|#\d+|GH-\d+)[\])]?[:\s]/;
/** `net/http: …`, `mm, slub: …`, `[parser] …`. */
const SUBSYSTEM = /^(?:\[[^\]\s][^\]]{0,40}\]\s*\S|[\p{L}\p{N}_./@*{}+-]+(?:, ?[\p{L}\p{N}_./@*{}+-]+){0,3}: \S)/u;

export function follows(subject: string, convention: Convention): boolean {
  switch (convention) {
    case 'conventional':
      return parseConventional(subject) !== null;
    case 'gitmoji':
      return GITMOJI.test(subject);
    case 'ticket':
      return TICKET.test(subject);
    case 'subsystem':
      return SUBSYSTEM.test(subject) || parseConventional(subject) !== null;
  }
}

/** Commits whose subject a person chose: no merges, bots, reverts, fixups, version bumps, first commit. */
export function isJudgedByConvention(commit: CommitFact): boolean {
  return (
    isOwnWork(commit) &&
    commit.parents.length > 0 &&
    !isRevert(commit) &&
    !isRelease(commit) &&
    !/^(?:fixup|squash|amend)! /.test(commit.subject) &&
    !/^(?:initial|first) commit\b/i.test(commit.subject)
  );
}

/** The convention most subjects follow; the more telling one wins a draw. */
export function dominantConvention(commits: readonly CommitFact[]): Convention | null {
  let best: { convention: Convention; count: number } | null = null;
  for (const convention of CONVENTIONS) {
    const count = commits.filter((commit) => follows(commit.subject, convention)).length;
    const isEnough = count / commits.length >= DOMINANT_SHARE;
    const isBetter = best === null || count > best.count * 1.1;
    if (isEnough && isBetter) best = { convention, count };
  }
  return best?.convention ?? null;
}

const COMMITLINT = /(?:^|\/)(?:commitlint\.config\.[cm]?[jt]s|\.commitlintrc(?:\.\w+)?)$/;
const OTHER_TOOLS =
  /(?:^|\/)(?:\.cz\.(?:toml|json|yaml)|\.czrc|\.gitlint|\.release-please-manifest\.json|\.versionrc(?:\.\w+)?)$/;

/** The convention that configuration in the repository names, read as data. */
export function configuredConvention(paths: readonly string[], documents: readonly DocumentFact[]): Convention | null {
  const root = paths.filter((path) => path.split('/').length <= 2);
  const text = documents.find((document) => COMMITLINT.test(document.path))?.text;
  if (text && /config-(?:conventional|angular)|type-enum/.test(text)) return 'conventional';
  if (text && /gitmoji/.test(text)) return 'gitmoji';
  if (text && /jira/i.test(text)) return 'ticket';
  if (root.some((path) => COMMITLINT.test(path))) return text ? null : 'conventional';
  return root.some((path) => OTHER_TOOLS.test(path) && !path.endsWith('.gitlint')) ? 'conventional' : null;
}
