import { isBugFix, isMerge, isRevert } from '../commits';
import type { CommitFact, TagFact } from '../facts/history';
import { parseVersion, type Version } from './versions';

const DAY = 86_400;
const HOTFIX_SECONDS = 7 * DAY;
const MONTH = 30 * DAY;

export interface Delivery {
  tag: TagFact;
  version: Version;
  /** Days that each of its commits waited. */
  leadDays: number[];
  /** Released only to mend: a patch whose commits hold a fix or take something back. */
  isRepair: boolean;
  /** Seconds until a repair of the same line followed, within a week; else null. */
  repairedAfter: number | null;
}

export interface DeliverySpan {
  deliveries: Delivery[];
  perMonth: number;
}

/** Stable releases within the window of commits, oldest first. */
export function deliveriesOf(tags: readonly TagFact[], commits: readonly CommitFact[]): DeliverySpan {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const parents = new Map(commits.map((commit) => [commit.id, commit.parents]));
  const oldest = commits.reduce((least, { committedAt }) => Math.min(least, committedAt), Number.MAX_SAFE_INTEGER);
  const newest = commits.reduce((most, { committedAt }) => Math.max(most, committedAt), 0);
  const releases = tags
    .flatMap((tag) => {
      const version = parseVersion(tag.name);
      return version && !version.isPrerelease && tag.isReachable && byId.has(tag.commitId) ? [{ tag, version }] : [];
    })
    .sort((a, b) => a.tag.at - b.tag.at || (a.tag.name < b.tag.name ? -1 : 1));

  const released = new Set<string>();
  const deliveries = releases.map(({ tag, version }, index): Delivery => {
    const fresh = freshCommits(tag.commitId, parents, released);
    for (const id of fresh) released.add(id);
    const own = fresh.flatMap((id) => byId.get(id) ?? []).filter((commit) => !isMerge(commit) && !commit.isBot);
    const before = releases.slice(0, index).findLast((other) => other.version.prefix === version.prefix);
    const isPatch = version.patch > 0 && before !== undefined;
    return {
      tag,
      version,
      // The first release of a window also brings what older releases may have brought already.
      leadDays: index === 0 ? [] : own.map((commit) => Math.max(0, tag.at - commit.committedAt) / DAY),
      isRepair: isPatch && own.some((commit) => isBugFix(commit) || isRevert(commit)),
      repairedAfter: null,
    };
  });
  return {
    deliveries: deliveries.map((delivery, at) => withRepair(delivery, deliveries.slice(at + 1))),
    perMonth: rate(),
  };

  function rate(): number {
    const months = Math.max(1, (newest - oldest) / MONTH);
    return new Set(releases.map(({ tag }) => tag.commitId)).size / months;
  }
}

function freshCommits(
  start: string,
  parents: ReadonlyMap<string, readonly string[]>,
  released: ReadonlySet<string>,
): string[] {
  const seen = new Set<string>();
  const queue = [start];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (seen.has(id) || released.has(id) || !parents.has(id)) continue;
    seen.add(id);
    queue.push(...(parents.get(id) ?? []));
  }
  return [...seen];
}

function withRepair(delivery: Delivery, later: readonly Delivery[]): Delivery {
  const { version, tag } = delivery;
  const next = later.find((other) => other.version.prefix === version.prefix);
  const isRepaired =
    next?.isRepair === true &&
    next.version.major === version.major &&
    next.version.minor === version.minor &&
    next.tag.at - tag.at <= HOTFIX_SECONDS;
  return { ...delivery, repairedAfter: isRepaired && next ? next.tag.at - tag.at : null };
}
