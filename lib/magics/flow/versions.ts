import type { CommitFact, TagFact } from '../facts/history';

export interface Version {
  /** Package of a repository that releases several, empty for one. */
  prefix: string;
  major: number;
  minor: number;
  patch: number;
  isPrerelease: boolean;
}

/** Semantic versions, and the pre-releases that Python's package index asks for (`2.0.0rc1`). */
const SEMANTIC =
  /^(?<prefix>(?:@?[\p{L}_][\p{L}\p{N}_.-]*\/)*(?:@?[\p{L}_][\p{L}\p{N}_.]*(?:-[\p{L}_][\p{L}\p{N}_.]*)*[-_@/])?)v?(?<major>0|[1-9]\d*)\.(?<minor>0|[1-9]\d*)\.(?<patch>0|[1-9]\d*)(?<pre>-[0-9A-Za-z.-]+|\.?(?:a|b|rc|dev)\d+)?(?:\.post\d+)?(?:\+[0-9A-Za-z.-]+)?$/u;
const VERSION_LIKE = /(?:^|[^\p{L}])[vr]?\d+(?:[._]\d+)+/u;

export function parseVersion(tag: string): Version | null {
  const groups = SEMANTIC.exec(tag)?.groups;
  if (!groups) return null;
  return {
    prefix: groups.prefix ?? '',
    major: Number(groups.major),
    minor: Number(groups.minor),
    patch: Number(groups.patch),
    isPrerelease: groups.pre !== undefined,
  };
}

/** Names a version, in whatever form: `v1.2`, `release_2_0`. */
export function isVersionLike(tag: string): boolean {
  return VERSION_LIKE.test(tag);
}

export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || Number(b.isPrerelease) - Number(a.isPrerelease);
}

/** Ids of the commits reachable from one commit and not from the other, as far as the window shows. */
export function commitsBetween(
  from: string,
  to: string,
  parents: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const old = reachable(from, parents, new Set());
  return reachable(to, parents, old);
}

function reachable(
  start: string,
  parents: ReadonlyMap<string, readonly string[]>,
  without: ReadonlySet<string>,
): Set<string> {
  const seen = new Set<string>();
  const queue = [start];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (seen.has(id) || without.has(id) || !parents.has(id)) continue;
    seen.add(id);
    queue.push(...(parents.get(id) ?? []));
  }
  return seen;
}

export interface Release {
  tag: TagFact;
  version: Version;
  /** The stable version of the same package before it. */
  previous: { tag: TagFact; version: Version };
}

/** Stable releases in the window of commits, each with the stable one before. */
export function releasesIn(tags: readonly TagFact[], commits: readonly CommitFact[]): Release[] {
  const known = new Set(commits.map((commit) => commit.id));
  const stable = tags.flatMap((tag) => {
    const version = parseVersion(tag.name);
    return version && !version.isPrerelease && tag.isReachable && known.has(tag.commitId) ? [{ tag, version }] : [];
  });
  return stable.flatMap(({ tag, version }) => {
    const previous = stable
      .filter((other) => other.version.prefix === version.prefix && compareVersions(other.version, version) < 0)
      .sort((a, b) => compareVersions(b.version, a.version))[0];
    return previous ? [{ tag, version, previous }] : [];
  });
}
