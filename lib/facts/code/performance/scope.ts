import { type CodeTree, fieldOf, hasRole, nextOf, parentOf, partsOf, startOf, textOf } from '../code-tree';

/** Deeper code is machine-made. */
const MAX_CLIMB = 200;
const MAX_HEAD = 200;

export const isInside = (tree: CodeTree, outer: number, node: number): boolean =>
  node >= outer && node < nextOf(tree, outer);

export function loopBody(tree: CodeTree, loop: number): number | null {
  return fieldOf(tree, loop, 'body') ?? partsOf(tree, loop).at(-1) ?? null;
}

/** Nearest loop of the same function that runs the node anew each round. */
export function loopAround(tree: CodeTree, node: number): number | null {
  let up = parentOf(tree, node);
  for (let step = 0; up >= 0 && step < MAX_CLIMB; step++, up = parentOf(tree, up)) {
    if (hasRole(tree, up, 'function')) return null;
    if (!hasRole(tree, up, 'loop')) continue;
    const body = loopBody(tree, up);
    if (body !== null && isInside(tree, body, node)) return up;
  }
  return null;
}

/** Nearest function around a node. */
export function functionAround(tree: CodeTree, node: number): number | null {
  let up = parentOf(tree, node);
  for (let step = 0; up >= 0 && step < MAX_CLIMB; step++, up = parentOf(tree, up)) {
    if (hasRole(tree, up, 'function')) return up;
  }
  return null;
}

/** What is written before the body of a loop. */
export function loopHead(tree: CodeTree, loop: number): string {
  const body = loopBody(tree, loop);
  const length = body === null ? 0 : startOf(tree, body) - startOf(tree, loop);
  return textOf(tree, loop, Math.min(length, MAX_HEAD));
}

/** Arguments of a call, in their parentheses. */
export function argumentsOf(tree: CodeTree, call: number): number | null {
  return fieldOf(tree, call, 'arguments') ?? partsOf(tree, call).at(-1) ?? null;
}

const NAME = /^[\w$]{1,100}$/;

/** Looks for one of the names as a whole word. */
export function mentions(text: string, names: readonly string[]): boolean {
  const words = new Set(text.match(/[\w$]+/g));
  return names.some((name) => NAME.test(name) && words.has(name));
}
