import type { Tree } from 'web-tree-sitter';
import type { CodeTree, Grammar } from './code-tree';
import type { CursorCalls } from './grammar';

/** Trees beyond this many nodes are not copied: hostile or machine-made. */
export const MAX_NODES = 3_000_000;

interface Columns {
  capacity: number;
  kind: Uint16Array;
  field: Uint16Array;
  start: Uint32Array;
  end: Uint32Array;
  parent: Int32Array;
  next: Uint32Array;
  line: Uint32Array;
  previous: Int32Array;
}

// One set per thread, grown as needed: a file's tree lives only while its facts are collected.
let columns = createColumns(1 << 16);

function createColumns(capacity: number): Columns {
  return {
    capacity,
    kind: new Uint16Array(capacity),
    field: new Uint16Array(capacity),
    start: new Uint32Array(capacity),
    end: new Uint32Array(capacity),
    parent: new Int32Array(capacity),
    next: new Uint32Array(capacity),
    line: new Uint32Array(capacity),
    previous: new Int32Array(capacity),
  };
}

function grow(): void {
  const larger = createColumns(columns.capacity * 2);
  larger.kind.set(columns.kind);
  larger.field.set(columns.field);
  larger.start.set(columns.start);
  larger.end.set(columns.end);
  larger.parent.set(columns.parent);
  larger.next.set(columns.next);
  larger.line.set(columns.line);
  larger.previous.set(columns.previous);
  columns = larger;
}

export function lineStartsOf(text: string): Uint32Array {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return Uint32Array.from(starts);
}

/** Copies a parse into arrays with one walk; null when the tree is too large. Valid until the next call. */
export function flatten(tree: Tree, text: string, grammar: Grammar, calls: CursorCalls): CodeTree | null {
  const lineStarts = lineStartsOf(text);
  const errorKind = grammar.names.length - 1;
  const leafBit = grammar.roleBits.leaf;
  const { roles } = grammar;
  const missing: number[] = [];
  let size = 0;
  let parent = -1;
  let row = 0;
  let previous = -1;

  const walk = calls.open(tree);
  for (;;) {
    if (size >= columns.capacity) {
      if (size >= MAX_NODES) {
        walk.close();
        return null;
      }
      grow();
    }
    const node = size++;
    const rawKind = walk.kind();
    const kind = Math.min(rawKind, errorKind);
    const start = walk.start();
    const end = walk.end();
    while (row + 1 < lineStarts.length && (lineStarts[row + 1] ?? 0) <= start) row++;
    columns.kind[node] = kind;
    columns.field[node] = walk.field();
    columns.start[node] = start;
    columns.end[node] = end;
    columns.parent[node] = parent;
    columns.line[node] = row + 1;
    columns.previous[node] = previous;
    if (start === end && walk.isMissing()) missing.push(node);

    if (((roles[kind] ?? 0) & leafBit) === 0 && walk.down()) {
      parent = node;
      previous = -1;
      continue;
    }
    columns.next[node] = size;
    previous = node;
    while (!walk.right()) {
      if (parent < 0 || !walk.up()) {
        walk.close();
        columns.next[0] = size;
        return { text, grammar, size, ...columns, lineStarts, missing };
      }
      columns.next[parent] = size;
      previous = parent;
      parent = columns.parent[parent] ?? -1;
    }
  }
}
