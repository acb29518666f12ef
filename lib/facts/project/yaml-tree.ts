import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { isTooDeep } from './yaml-depth';

/** YAML or JSON as read-only data: text stays text, keys live in a `Map`, aliases are followed within a budget. */
export type DataNode =
  | { kind: 'map'; line: number; entries: ReadonlyMap<string, DataNode> }
  | { kind: 'list'; line: number; items: readonly DataNode[] }
  | { kind: 'scalar'; line: number; text: string };

/** What a person may have written. */
const BY_HAND = { characters: 256_000, nodes: 20_000 };
const MAX_DEPTH = 60;

interface Reader {
  counter: LineCounter;
  anchors: Map<string, Node>;
  /** Nodes that may still be read. */
  nodes: number;
}

/** The first document of a text; null when it is broken, too large, or larger still once its aliases are followed. */
export function readYaml(text: string, limits = BY_HAND): DataNode | null {
  if (text.length > limits.characters) return null;
  const reader: Reader = { counter: new LineCounter(), anchors: new Map(), nodes: limits.nodes };
  try {
    if (isTooDeep(text)) return null;
    const document = parseDocument(text, {
      lineCounter: reader.counter,
      prettyErrors: false,
      logLevel: 'silent',
      merge: true,
      uniqueKeys: false,
    });
    const isBroken = document.errors.some((error) => error.code !== 'MULTIPLE_DOCS');
    return isBroken || !document.contents ? null : toData(document.contents, reader, 0);
  } catch {
    return null;
  }
}

function toData(node: Node, reader: Reader, depth: number): DataNode | null {
  reader.nodes -= 1;
  if (reader.nodes < 0 || depth > MAX_DEPTH) throw new RangeError('too many nodes');
  if (isAlias(node)) {
    const target = reader.anchors.get(node.source);
    return target ? toData(target, reader, depth + 1) : null;
  }
  if ('anchor' in node && node.anchor) reader.anchors.set(node.anchor, node);
  const line = Math.max(1, reader.counter.linePos(node.range?.[0] ?? 0).line);
  if (isScalar(node)) {
    const text = node.source ?? (node.value === null || node.value === undefined ? '' : String(node.value));
    return { kind: 'scalar', line, text };
  }
  if (isSeq(node)) {
    const items = node.items.flatMap((item) => toData(item as Node, reader, depth + 1) ?? []);
    return { kind: 'list', line, items };
  }
  return isMap(node) ? mapToData(node.items as Pair[], line, reader, depth) : null;
}

interface Pair {
  key: Node;
  value: Node | null;
}

function mapToData(pairs: readonly Pair[], line: number, reader: Reader, depth: number): DataNode {
  const entries = new Map<string, DataNode>();
  const merged: DataNode[] = [];
  for (const { key, value } of pairs) {
    if (!isScalar(key)) continue;
    const name = key.source ?? String(key.value);
    const keyLine = Math.max(1, reader.counter.linePos(key.range?.[0] ?? 0).line);
    const data = value ? toData(value, reader, depth + 1) : null;
    if (name === '<<' && data) merged.push(...(data.kind === 'list' ? data.items : [data]));
    else entries.set(name, { ...(data ?? { kind: 'scalar', text: '' }), line: keyLine } as DataNode);
  }
  for (const base of merged) {
    if (base.kind !== 'map') continue;
    for (const [name, value] of base.entries) if (!entries.has(name)) entries.set(name, value);
  }
  return { kind: 'map', line, entries };
}

export function child(node: DataNode | null | undefined, ...names: string[]): DataNode | null {
  let at = node ?? null;
  for (const name of names) at = at?.kind === 'map' ? (at.entries.get(name) ?? null) : null;
  return at;
}

export function textOf(node: DataNode | null | undefined): string | null {
  return node?.kind === 'scalar' ? node.text : null;
}

export function itemsOf(node: DataNode | null | undefined): readonly DataNode[] {
  return node?.kind === 'list' ? node.items : [];
}

export function entriesOf(node: DataNode | null | undefined): [string, DataNode][] {
  return node?.kind === 'map' ? [...node.entries] : [];
}

/** A scalar alone, or the scalars of a list. */
export function textsOf(node: DataNode | null | undefined): string[] {
  if (node?.kind === 'scalar') return node.text === '' ? [] : [node.text];
  return itemsOf(node).flatMap((item) => textsOf(item));
}

export function isTrue(node: DataNode | null | undefined): boolean {
  return /^(?:true|yes|on)$/i.test(textOf(node) ?? '');
}
