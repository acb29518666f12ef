import type { DataNode } from './yaml-tree';

type MapNode = Extract<DataNode, { kind: 'map' }> & { entries: Map<string, DataNode> };

const ENTRY =
  /^(?<indent> *)(?:'(?<single>(?:[^']|'')*)'|"(?<double>[^"\\]*)"|(?<plain>[^\s'"#&*![{][^:#]*(?::(?! |$)[^:#]*)*)):(?: (?<value>.*))?$/;
const MAX_LINE = 4_000;

/**
 * The maps of a YAML text that a program wrote: one key a line, nested by indentation, values of one line. What else it
 * holds (lists, flow collections, folded text) is left out. A lock file of 200 kB read so costs a hundredth of a parse.
 */
export function readBlockYaml(text: string, maxLines: number): DataNode | null {
  const root = mapAt(1);
  const open: { indent: number; node: MapNode }[] = [{ indent: -1, node: root }];
  const lines = text.split('\n');
  if (lines.length > maxLines) return null;
  lines.forEach((content, index) => {
    if (content.length > MAX_LINE) return;
    const groups = ENTRY.exec(content.trimEnd())?.groups;
    if (!groups) return;
    const indent = groups.indent?.length ?? 0;
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const name = groups.single?.replaceAll("''", "'") ?? groups.double ?? groups.plain ?? '';
    const value = groups.value?.trim() ?? '';
    const line = index + 1;
    const parent = open.at(-1)?.node ?? root;
    if (value === '') {
      const node = mapAt(line);
      parent.entries.set(name, node);
      open.push({ indent, node });
    } else parent.entries.set(name, { kind: 'scalar', line, text: unquoted(value) });
  });
  return root;
}

function mapAt(line: number): MapNode {
  return { kind: 'map', line, entries: new Map() };
}

function unquoted(value: string): string {
  const [, single, double] = /^(?:'(.*)'|"(.*)")$/.exec(value) ?? [];
  return single?.replaceAll("''", "'") ?? double ?? value;
}
