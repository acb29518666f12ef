import { readBlockYaml } from '../block-yaml';
import { joinPath, parentPath } from '../project-text';
import { child, type DataNode, entriesOf, textOf } from '../yaml-tree';
import { fromGraph, type GraphNode, type LockedPackage, type LockInput, type Root } from './locked-package';

const MAX_LINES = 400_000;
const GROUPS = [
  { key: 'dependencies', isDevelopment: false },
  { key: 'optionalDependencies', isDevelopment: false },
  { key: 'devDependencies', isDevelopment: true },
] as const;

/** pnpm-lock.yaml of the versions 5 to 9. */
export function readPnpmLock({ path, text }: LockInput): LockedPackage[] | null {
  const root = readBlockYaml(text, MAX_LINES);
  const format = textOf(child(root, 'lockfileVersion'));
  if (format === null || !/^[5-9]/.test(format)) return null;
  const packages = child(root, 'packages');
  const snapshots = child(root, 'snapshots');
  const nodes = entriesOf(packages).flatMap(([key, entry]): GraphNode[] => {
    const known = identityOf(key);
    return known ? [{ ...known, id: idOf(known.name, known.version), line: entry.line, edges: [] }] : [];
  });
  // Copies for other peers are one package; what they lead to is put together.
  const edges = new Map<string, string[]>();
  for (const [key, entry] of entriesOf(snapshots ?? packages)) {
    const known = identityOf(key);
    if (!known) continue;
    const id = idOf(known.name, known.version);
    const targets = edges.get(id) ?? [];
    targets.push(...GROUPS.flatMap((group) => targetsOf(child(entry, group.key))));
    edges.set(id, targets);
  }
  const unique = new Map(nodes.map((node) => [node.id, node]));
  return fromGraph(
    [...unique.values()].map((node) => ({ ...node, edges: edges.get(node.id) ?? [] })),
    rootsOf(root, parentPath(path)),
  );
}

function rootsOf(root: DataNode | null, directory: string): Root[] {
  const importers = entriesOf(child(root, 'importers'));
  const all: [string, DataNode | null][] = importers.length > 0 ? importers : [['.', root]];
  return all.flatMap(([importer, node]) => {
    const manifest = joinPath(importer === '.' ? directory : joinPath(directory, importer), 'package.json');
    return GROUPS.flatMap(({ key, isDevelopment }) =>
      targetsOf(child(node, key)).map((id) => ({ id, isDevelopment, manifest })),
    );
  });
}

/** Ids of a map of names and versions, or of names and `{ specifier, version }`. */
function targetsOf(node: DataNode | null): string[] {
  return entriesOf(node).flatMap(([name, value]) => {
    const reference = textOf(value) ?? textOf(child(value, 'version')) ?? '';
    const version = bareVersion(reference);
    if (version !== null) return [idOf(name, version)];
    const alias = identityOf(reference);
    return alias ? [idOf(alias.name, alias.version)] : [];
  });
}

const idOf = (name: string, version: string) => `${name}@${version}`;

/** `/name@1.0.0(peer@2)`, `name@1.0.0`, `/name/1.0.0_peer@2`; null for what comes from no registry. */
function identityOf(key: string): { name: string; version: string } | null {
  const bare = key.replace(/^\//, '').split('(', 1)[0] ?? '';
  const match = /^((?:@[^@/]+\/)?[^@/]+)[@/](.+)$/.exec(bare);
  const version = bareVersion(match?.[2] ?? '');
  return match?.[1] && version !== null ? { name: match[1], version } : null;
}

function bareVersion(reference: string): string | null {
  const version = reference.split('(', 1)[0]?.split('_', 1)[0] ?? '';
  return /^\d[\w.+-]*$/.test(version) ? version : null;
}
