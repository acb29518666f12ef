import { keysOf, property, stringOf, stringsOf } from '../json-value';
import { parseTomlText } from '../manifests/python';
import { nameOf } from '../project-text';
import { fromGraph, type GraphNode, type LockedPackage, type LockInput, type Root } from './locked-package';
import { tomlPackages } from './toml-packages';

export function readCargoLock(input: LockInput): LockedPackage[] | null {
  const packages = tomlPackages(input.text, 'package');
  if (!packages) return null;
  const rows = packages.flatMap(({ value, line }) => {
    const name = stringOf(property(value, 'name'));
    const version = stringOf(property(value, 'version'));
    const source = stringOf(property(value, 'source'));
    const needs = stringsOf(property(value, 'dependencies'));
    return name && version ? [{ name, version, source, line, needs }] : [];
  });
  const only = new Map<string, string | null>();
  for (const { name, version } of rows) only.set(name, only.has(name) ? null : version);
  // `name` where there is one version of it, else `name version`, with a source where that is not enough either.
  const idOf = (need: string) => {
    const [name = '', stated] = need.split(' ');
    return `${name} ${stated ?? only.get(name) ?? ''}`;
  };
  const nodes: GraphNode[] = [];
  const roots: Root[] = [];
  const members = membersOf(input);
  for (const { name, version, source, line, needs } of rows) {
    const edges = needs.map(idOf);
    if (source?.startsWith('registry+') || source?.startsWith('sparse+')) {
      nodes.push({ id: `${name} ${version}`, name, version, line, edges });
    } else if (source === null) {
      const member = members.get(name);
      roots.push(
        ...edges.map((id) => ({
          id,
          isDevelopment: member?.developmentOnly.has(id.split(' ', 1)[0] ?? '') ?? false,
          ...(member && { manifest: member.path }),
        })),
      );
    }
  }
  return fromGraph(nodes, roots);
}

interface Member {
  path: string;
  /** Crates that only its tests, examples and benchmarks use. */
  developmentOnly: ReadonlySet<string>;
}

function membersOf({ siblings }: LockInput): Map<string, Member> {
  const members = new Map<string, Member>();
  for (const { path, text } of siblings) {
    if (nameOf(path) !== 'Cargo.toml') continue;
    const toml = parseTomlText(text);
    const name = stringOf(property(toml, 'package', 'name'));
    if (!name) continue;
    const targets = keysOf(property(toml, 'target')).map((key) => property(toml, 'target', key));
    const namesIn = (...groups: string[]) =>
      [toml, ...targets].flatMap((scope) =>
        groups.flatMap((group) => {
          const table = property(scope, group);
          return keysOf(table).map((key) => stringOf(property(table, key, 'package')) ?? key);
        }),
      );
    const shipped = new Set(namesIn('dependencies', 'build-dependencies'));
    members.set(name, {
      path,
      developmentOnly: new Set(namesIn('dev-dependencies').filter((crate) => !shipped.has(crate))),
    });
  }
  return members;
}
