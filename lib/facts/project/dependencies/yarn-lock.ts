import { child, entriesOf, readYaml, textOf } from '../yaml-tree';
import { fromGraph, type GraphNode, type LockedPackage, type LockInput } from './locked-package';
import { wantedPackages } from './wanted-npm';

const LIMITS = { characters: 2_100_000, nodes: 400_000 };
const MAX_LINES = 200_000;

/** An entry of a lock file: all that was asked for and led to the same package. */
interface Entry {
  descriptors: string[];
  name: string;
  version: string;
  line: number;
  /** Descriptors it asks for. */
  needs: string[];
}

/** yarn.lock, the classic form and that of later versions. */
export function readYarnLock(input: LockInput): LockedPackage[] | null {
  const isLater = /^__metadata:/m.test(input.text);
  const entries = isLater ? laterEntries(input.text) : classicEntries(input.text);
  if (!entries) return null;
  const byDescriptor = new Map<string, string>();
  for (const { descriptors, name, version } of entries) {
    for (const descriptor of descriptors) byDescriptor.set(descriptor, `${name}@${version}`);
  }
  const nodes = new Map<string, GraphNode>();
  for (const { name, version, line, needs } of entries) {
    const id = `${name}@${version}`;
    const edges = needs.flatMap((descriptor) => byDescriptor.get(descriptor) ?? []);
    const earlier = nodes.get(id);
    nodes.set(id, { id, name, version, line: earlier?.line ?? line, edges: [...(earlier?.edges ?? []), ...edges] });
  }
  const roots = wantedPackages(input).flatMap(({ name, range, isDevelopment, manifest }) => {
    const id = descriptorsOf(name, range).flatMap((descriptor) => byDescriptor.get(descriptor) ?? [])[0];
    return id === undefined ? [] : [{ id, isDevelopment, manifest }];
  });
  return fromGraph([...nodes.values()], roots);
}

/** Later versions write the protocol that the manifest may leave out. */
function descriptorsOf(name: string, range: string): string[] {
  return [`${name}@${range}`, `${name}@npm:${range}`];
}

function classicEntries(text: string): Entry[] | null {
  const lines = text.split('\n', MAX_LINES);
  const entries: Entry[] = [];
  let entry: Entry | null = null;
  let isInNeeds = false;
  for (const [index, raw] of lines.entries()) {
    const line = raw.replace(/\r$/, '');
    if (line === '' || line.startsWith('#')) continue;
    if (!line.startsWith(' ')) {
      if (!line.endsWith(':')) return null;
      const descriptors = line.slice(0, -1).split(', ').map(unquoted);
      const name = nameOfDescriptor(descriptors[0] ?? '');
      entry = name === null ? null : { descriptors, name, version: '', line: index + 1, needs: [] };
      if (entry) entries.push(entry);
      isInNeeds = false;
    } else if (entry && /^ {2}\S/.test(line)) {
      isInNeeds = /^ {2}(?:optionalD|d)ependencies:$/.test(line);
      const [key, value] = pairOf(line);
      if (key === 'version') entry.version = value;
      else if (key === 'resolved' && !/^https?:\/\//.test(value)) entry.name = '';
    } else if (entry && isInNeeds) {
      const [name, range] = pairOf(line);
      if (range !== '') entry.needs.push(`${name}@${range}`);
    }
  }
  return entries.filter(({ name, version }) => name !== '' && /^\d/.test(version));
}

/** `version "1.0.0"`, `"@scope/name" "^1"`. */
function pairOf(line: string): [key: string, value: string] {
  const bare = line.trim();
  const end = bare.startsWith('"') ? bare.indexOf('"', 1) + 1 : bare.indexOf(' ');
  if (end <= 0) return [unquoted(bare), ''];
  return [unquoted(bare.slice(0, end)), unquoted(bare.slice(end).trim())];
}

function unquoted(text: string): string {
  return text.replace(/^"|"$/g, '');
}

/** Name of the package a descriptor means, which an alias hides: `short@npm:long@^1`. */
function nameOfDescriptor(descriptor: string): string | null {
  const at = descriptor.indexOf('@', 1);
  if (at < 1) return null;
  const alias = /^npm:(@?[^@]+)@/.exec(descriptor.slice(at + 1));
  return alias?.[1] ?? descriptor.slice(0, at);
}

function laterEntries(text: string): Entry[] | null {
  const root = readYaml(text, LIMITS);
  if (!root) return null;
  return entriesOf(root).flatMap(([key, node]): Entry[] => {
    const version = textOf(child(node, 'version')) ?? '';
    const resolution = textOf(child(node, 'resolution')) ?? '';
    const match = /^((?:@[^@/]+\/)?[^@/]+)@(?:npm|patch):/.exec(resolution);
    if (!match?.[1] || !/^\d/.test(version)) return [];
    const needs = ['dependencies', 'optionalDependencies'].flatMap((group) =>
      entriesOf(child(node, group)).flatMap(([name, range]) => {
        const bare = textOf(range) ?? '';
        return bare.startsWith('npm:') ? [`${name}@${bare}`] : descriptorsOf(name, bare);
      }),
    );
    return [{ descriptors: key.split(', '), name: match[1], version, line: node.line, needs }];
  });
}
