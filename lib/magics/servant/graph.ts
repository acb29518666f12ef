import { compareText } from '../hash';

export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Strongly connected components of more than one node, Tarjan without recursion; sorted. */
export function cyclesOf(graph: Graph): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const onStack = new Set<string>();
  const stack: string[] = [];
  const found: string[][] = [];
  const next = (node: string) => [...(graph.get(node) ?? [])].sort(compareText)[Symbol.iterator]();

  for (const root of [...graph.keys()].sort(compareText)) {
    if (order.has(root)) continue;
    const enter = (node: string) => {
      order.set(node, order.size);
      low.set(node, order.get(node) ?? 0);
      stack.push(node);
      onStack.add(node);
      return { node, targets: next(node) };
    };
    const calls = [enter(root)];
    for (let call = calls.at(-1); call; call = calls.at(-1)) {
      const { node, targets } = call;
      const step = targets.next();
      if (!step.done) {
        if (!order.has(step.value)) calls.push(enter(step.value));
        else if (onStack.has(step.value)) lower(low, node, order.get(step.value) ?? 0);
        continue;
      }
      calls.pop();
      const caller = calls.at(-1);
      if (caller) lower(low, caller.node, low.get(node) ?? 0);
      if (low.get(node) !== order.get(node)) continue;
      const members: string[] = [];
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        onStack.delete(member);
        members.push(member);
        if (member === node) break;
      }
      if (members.length > 1) found.push(members.sort(compareText));
    }
  }
  return found.sort((a, b) => compareText(a.join(), b.join()));
}

function lower(low: Map<string, number>, node: string, value: number): void {
  low.set(node, Math.min(low.get(node) ?? value, value));
}

/** The shortest way from a member back to itself inside the component; the first one on a draw. */
export function shortestCycle(graph: Graph, members: readonly string[]): string[] {
  const inside = new Set(members);
  let best: string[] = [];
  for (const start of members) {
    const path = wayBack(graph, start, inside, best.length === 0 ? Number.POSITIVE_INFINITY : best.length);
    if (path && (best.length === 0 || path.length < best.length)) best = path;
    if (best.length === 2) break;
  }
  return best;
}

function wayBack(graph: Graph, start: string, inside: ReadonlySet<string>, limit: number): string[] | null {
  const from = new Map<string, string | null>([[start, null]]);
  let ring = [start];
  for (let length = 1; ring.length > 0 && length < limit; length += 1) {
    const further: string[] = [];
    for (const node of ring) {
      for (const target of [...(graph.get(node) ?? [])].sort(compareText)) {
        if (target === start) return pathTo(node, from);
        if (!inside.has(target) || from.has(target)) continue;
        from.set(target, node);
        further.push(target);
      }
    }
    ring = further;
  }
  return null;
}

function pathTo(end: string, from: ReadonlyMap<string, string | null>): string[] {
  const path: string[] = [];
  for (let node: string | null = end; node !== null; node = from.get(node) ?? null) path.unshift(node);
  return path;
}
