import type { LanguageTable, NodeIndex, Role } from '../languages/types';

/** What one grammar's node kinds mean, by kind id. */
export interface Grammar {
  table: LanguageTable;
  /** Kind names by id; the last one is `ERROR`. */
  names: readonly string[];
  /** Bits of `ROLES` by kind id. */
  roles: Uint32Array;
  isNamed: Uint8Array;
  fieldIds: ReadonlyMap<string, number>;
  /** Hash of the kind's name, stable over releases of the grammar. */
  kindHashes: Uint32Array;
  roleBits: Readonly<Record<Role, number>>;
}

/** A whole parse in preorder, copied out of the parser's memory. Offsets are UTF-16 units. */
export interface CodeTree {
  text: string;
  grammar: Grammar;
  size: number;
  kind: Uint16Array;
  field: Uint16Array;
  start: Uint32Array;
  end: Uint32Array;
  /** -1 for the root. */
  parent: Int32Array;
  /** First node after the subtree. */
  next: Uint32Array;
  /** Line of the first character, 1-based. */
  line: Uint32Array;
  /** Sibling before it, -1 for a first child. */
  previous: Int32Array;
  /** Offset of each line's first character. */
  lineStarts: Uint32Array;
  missing: readonly NodeIndex[];
}

const at = (values: Uint16Array | Uint32Array | Int32Array | Uint8Array, index: number): number => values[index] ?? 0;

export const kindOf = (tree: CodeTree, node: NodeIndex): string => tree.grammar.names[at(tree.kind, node)] ?? 'ERROR';
export const startOf = (tree: CodeTree, node: NodeIndex): number => at(tree.start, node);
export const endOf = (tree: CodeTree, node: NodeIndex): number => at(tree.end, node);
export const lineOf = (tree: CodeTree, node: NodeIndex): number => at(tree.line, node);
export const nextOf = (tree: CodeTree, node: NodeIndex): number => at(tree.next, node);
export const parentOf = (tree: CodeTree, node: NodeIndex): NodeIndex => tree.parent[node] ?? -1;
export const previousOf = (tree: CodeTree, node: NodeIndex): NodeIndex => tree.previous[node] ?? -1;
export const isLeaf = (tree: CodeTree, node: NodeIndex): boolean => at(tree.next, node) === node + 1;
export const isNamed = (tree: CodeTree, node: NodeIndex): boolean =>
  at(tree.grammar.isNamed, at(tree.kind, node)) === 1;

export function textOf(tree: CodeTree, node: NodeIndex, limit = Number.POSITIVE_INFINITY): string {
  const start = startOf(tree, node);
  return tree.text.slice(start, Math.min(endOf(tree, node), start + limit));
}

export function hasRole(tree: CodeTree, node: NodeIndex, role: Role): boolean {
  return (at(tree.grammar.roles, at(tree.kind, node)) & tree.grammar.roleBits[role]) !== 0;
}

export function childrenOf(tree: CodeTree, node: NodeIndex): NodeIndex[] {
  const children: NodeIndex[] = [];
  const end = nextOf(tree, node);
  for (let child = node + 1; child < end; child = nextOf(tree, child)) children.push(child);
  return children;
}

/** Named children that are not comments. */
export function partsOf(tree: CodeTree, node: NodeIndex): NodeIndex[] {
  return childrenOf(tree, node).filter((child) => isNamed(tree, child) && !hasRole(tree, child, 'comment'));
}

export function fieldOf(tree: CodeTree, node: NodeIndex, name: string): NodeIndex | null {
  const id = tree.grammar.fieldIds.get(name);
  if (id === undefined) return null;
  const end = nextOf(tree, node);
  for (let child = node + 1; child < end; child = nextOf(tree, child)) {
    if (at(tree.field, child) === id) return child;
  }
  return null;
}

export function fieldText(tree: CodeTree, node: NodeIndex, name: string): string | null {
  const child = fieldOf(tree, node, name);
  return child === null ? null : textOf(tree, child, 200);
}

export function childOfKind(tree: CodeTree, node: NodeIndex, ...kinds: string[]): NodeIndex | null {
  const end = nextOf(tree, node);
  for (let child = node + 1; child < end; child = nextOf(tree, child)) {
    if (kinds.includes(kindOf(tree, child))) return child;
  }
  return null;
}

/** First descendant of a kind in preorder, the node itself left out. */
export function descendantOfKind(tree: CodeTree, node: NodeIndex, ...kinds: string[]): NodeIndex | null {
  const end = nextOf(tree, node);
  for (let child = node + 1; child < end; child++) if (kinds.includes(kindOf(tree, child))) return child;
  return null;
}

export function descendantsOfKind(tree: CodeTree, node: NodeIndex, ...kinds: string[]): NodeIndex[] {
  const found: NodeIndex[] = [];
  const end = nextOf(tree, node);
  for (let child = node + 1; child < end; child++) if (kinds.includes(kindOf(tree, child))) found.push(child);
  return found;
}

/** Deeper nesting than this is machine-made or hostile; looking further would cost the square of the depth. */
const MAX_CLIMB = 1000;

export function ancestorWithRole(tree: CodeTree, node: NodeIndex, role: Role): NodeIndex | null {
  let up = parentOf(tree, node);
  for (let step = 0; up >= 0 && step < MAX_CLIMB; step++, up = parentOf(tree, up)) {
    if (hasRole(tree, up, role)) return up;
  }
  return null;
}

export function nodesWithRole(tree: CodeTree, role: Role): NodeIndex[] {
  const found: NodeIndex[] = [];
  const bit = tree.grammar.roleBits[role];
  const { kind, size } = tree;
  const { roles } = tree.grammar;
  for (let node = 0; node < size; node++) if ((at(roles, at(kind, node)) & bit) !== 0) found.push(node);
  return found;
}

/** 1-based line of an offset. */
export function lineAt(tree: CodeTree, offset: number): number {
  let low = 0;
  let high = tree.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at(tree.lineStarts, middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** Line of the last character that is not white space. */
export function endLineOf(tree: CodeTree, node: NodeIndex): number {
  let end = endOf(tree, node);
  const start = startOf(tree, node);
  while (end > start + 1 && isSpace(tree.text.charCodeAt(end - 1))) end--;
  return lineAt(tree, Math.max(start, end - 1));
}

export const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13) || code === 0xfeff;

/** Source line around a node, trimmed, at most 200 characters. */
export function lineText(tree: CodeTree, line: number): string {
  const start = at(tree.lineStarts, line - 1);
  const end = line < tree.lineStarts.length ? at(tree.lineStarts, line) : tree.text.length;
  return tree.text
    .slice(start, Math.min(end, start + 1000))
    .trim()
    .slice(0, 200);
}
