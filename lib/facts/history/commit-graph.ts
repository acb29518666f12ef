import { AppError } from '@/lib/errors';
import type { GitRepository } from '@/lib/git/open-local';
import { toSeconds } from '@/lib/git/refs';
import { startGit } from '@/lib/git/run-git';
import { splitOn } from '@/lib/git/split-on';

export interface GraphCommit {
  id: string;
  parents: string[];
  committedAt: number;
}

/** All commits reachable from one, newest first: children before parents, then by committer time, then by id. */
export interface CommitGraph {
  commits: GraphCommit[];
  /** Ids on the first-parent line. */
  firstParents: ReadonlySet<string>;
}

export const MAX_COMMITS = 1_000_000;

/** The order is ours, because Git's own depends on its version and on files beside the objects. */
export async function readGraph(repository: GitRepository, head: string, signal?: AbortSignal): Promise<CommitGraph> {
  const git = startGit(['rev-list', '--parents', '--timestamp', '--end-of-options', head], {
    gitDir: repository.gitDir,
    signal,
  });
  git.stdin.end();
  const byId = new Map<string, GraphCommit>();
  for await (const line of splitOn('\n', git.stdout)) {
    const [at, id, ...parents] = line.split(' ');
    if (!id) continue;
    if (byId.size === MAX_COMMITS) {
      git.kill();
      throw new AppError('repository_too_large', `the history has more than ${MAX_COMMITS} commits`);
    }
    byId.set(id, { id, parents, committedAt: toSeconds(at) });
  }
  return { commits: orderCommits(byId), firstParents: firstParentLine(byId, head) };
}

function firstParentLine(byId: ReadonlyMap<string, GraphCommit>, head: string): Set<string> {
  const line = new Set<string>();
  for (let commit = byId.get(head); commit && !line.has(commit.id); commit = byId.get(commit.parents[0] ?? '')) {
    line.add(commit.id);
  }
  return line;
}

export function orderCommits(byId: ReadonlyMap<string, GraphCommit>): GraphCommit[] {
  const children = new Map<string, number>();
  for (const { parents } of byId.values()) {
    for (const parent of parents) children.set(parent, (children.get(parent) ?? 0) + 1);
  }
  const ready: GraphCommit[] = [];
  for (const commit of byId.values()) if (!children.has(commit.id)) push(ready, commit);
  const ordered: GraphCommit[] = [];
  for (let commit = pop(ready); commit; commit = pop(ready)) {
    ordered.push(commit);
    for (const id of commit.parents) {
      const left = (children.get(id) ?? 0) - 1;
      children.set(id, left);
      const parent = byId.get(id);
      if (left === 0 && parent) push(ready, parent);
    }
  }
  return ordered;
}

function isBefore(a: GraphCommit, b: GraphCommit): boolean {
  return a.committedAt === b.committedAt ? a.id < b.id : a.committedAt > b.committedAt;
}

function push(heap: GraphCommit[], commit: GraphCommit): void {
  let at = heap.length;
  heap.push(commit);
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (!parent || !isBefore(commit, parent)) break;
    heap[at] = parent;
    at = above;
  }
  heap[at] = commit;
}

function pop(heap: GraphCommit[]): GraphCommit | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (!last || heap.length === 0) return top;
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    const left = heap[below];
    const right = heap[below + 1];
    if (!left) break;
    if (right && isBefore(right, left)) below += 1;
    const child = heap[below];
    if (!child || !isBefore(child, last)) break;
    heap[at] = child;
    at = below;
  }
  heap[at] = last;
  return top;
}
