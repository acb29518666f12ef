import { keysOf, parseJson, property, stringOf, stringsOf } from '../json-value';
import { normalizePythonName, parseTomlText, requirementName } from '../manifests/python';
import { joinPath, nameOf, parentPath } from '../project-text';
import { fromGraph, type GraphNode, type LockedPackage, type LockInput, linesOf, type Root } from './locked-package';
import { tomlPackages } from './toml-packages';

const DEVELOPMENT = /(?:^|[-_.])(?:dev|devel|development|tests?|testing|lint|linting|docs?|ci|typing)(?:[-_.]|$)/i;

/** poetry.lock and pdm.lock: packages name the groups that lead to them, or only each other. */
export function readPoetryLock(input: LockInput): LockedPackage[] | null {
  const packages = tomlPackages(input.text, 'package');
  if (!packages) return null;
  const nodes = packages.flatMap(({ value, line }): (GraphNode & { groups: string[] })[] => {
    const name = stringOf(property(value, 'name'));
    const version = stringOf(property(value, 'version'));
    const source = stringOf(property(value, 'source', 'type'));
    const isElsewhere =
      (source !== null && source !== 'legacy') || ['git', 'path', 'url'].some((key) => property(value, key));
    if (!name || !version || isElsewhere) return [];
    const category = stringOf(property(value, 'category'));
    const groups = category === null ? stringsOf(property(value, 'groups')) : [category];
    const needs = property(value, 'dependencies');
    // Poetry writes a table of names, PDM a list of requirements.
    const names = Array.isArray(needs)
      ? stringsOf(needs).flatMap((requirement) => requirementName(requirement) ?? [])
      : keysOf(needs);
    const id = normalizePythonName(name);
    return [{ id, name: id, version, line, edges: names.map(normalizePythonName), groups }];
  });
  const locked = fromGraph(nodes, pythonRoots(input));
  return locked.map((row, index) => {
    const groups = nodes[index]?.groups ?? [];
    if (groups.length === 0) return row;
    return { ...row, isDevelopment: groups.every((group) => group !== 'main' && group !== 'default') };
  });
}

/** uv.lock: the project itself is one of the packages. */
export function readUvLock(input: LockInput): LockedPackage[] | null {
  const packages = tomlPackages(input.text, 'package');
  if (!packages) return null;
  const namesIn = (list: unknown) =>
    Array.isArray(list) ? list.flatMap((item) => stringOf(property(item, 'name')) ?? []) : [];
  const all = (groups: unknown) => keysOf(groups).flatMap((key) => namesIn(property(groups, key)));
  const nodes: GraphNode[] = [];
  const roots: Root[] = [];
  for (const { value, line } of packages) {
    const name = stringOf(property(value, 'name'));
    const version = stringOf(property(value, 'version'));
    if (!name) continue;
    const id = normalizePythonName(name);
    const edges = [...namesIn(property(value, 'dependencies')), ...all(property(value, 'optional-dependencies'))].map(
      normalizePythonName,
    );
    const local = ['editable', 'virtual', 'directory', 'path']
      .map((key) => stringOf(property(value, 'source', key)))
      .find((place) => place !== null);
    if (local !== undefined) {
      const directory = parentPath(input.path);
      const manifest = joinPath(local === '.' ? directory : joinPath(directory, local), 'pyproject.toml');
      const development = all(property(value, 'dev-dependencies')).map(normalizePythonName);
      roots.push(...edges.map((edge) => ({ id: edge, isDevelopment: false, manifest })));
      roots.push(...development.map((edge) => ({ id: edge, isDevelopment: true, manifest })));
    } else if (version && property(value, 'source', 'registry') !== undefined) {
      nodes.push({ id, name: id, version, line, edges });
    }
  }
  return fromGraph(nodes, roots);
}

/** pylock.toml, the common form of PEP 751. */
export function readPylock(input: LockInput): LockedPackage[] | null {
  const packages = tomlPackages(input.text, 'packages');
  if (!packages) return null;
  const nodes = packages.flatMap(({ value, line }): GraphNode[] => {
    const name = stringOf(property(value, 'name'));
    const version = stringOf(property(value, 'version'));
    if (!name || !version || property(value, 'vcs') || property(value, 'directory')) return [];
    const needs = property(value, 'dependencies');
    const edges = Array.isArray(needs) ? needs.flatMap((item) => stringOf(property(item, 'name')) ?? []) : [];
    const id = normalizePythonName(name);
    return [{ id, name: id, version, line, edges: edges.map(normalizePythonName) }];
  });
  return fromGraph(nodes, pythonRoots(input));
}

export function readPipfileLock(input: LockInput): LockedPackage[] | null {
  const json = parseJson(input.text);
  if (keysOf(json).length === 0) return null;
  const lines = linesOf(input.text, /^[ \t]*"([^"\n]*)":[ \t]*\{/gm);
  const wanted = new Set(pythonRoots(input).map(({ id }) => id));
  const shipped = new Set(keysOf(property(json, 'default')));
  return ['default', 'develop'].flatMap((group) =>
    keysOf(property(json, group)).flatMap((key): LockedPackage[] => {
      const version = /^==(\S+)$/.exec(stringOf(property(json, group, key, 'version')) ?? '')?.[1];
      const isElsewhere = property(json, group, key, 'git') !== undefined;
      if (!version || isElsewhere || (group === 'develop' && shipped.has(key))) return [];
      const name = normalizePythonName(key);
      const isDevelopment = group === 'develop';
      return [{ name, version, line: lines.get(key) ?? 1, isDirect: wanted.has(name), isDevelopment }];
    }),
  );
}

const PIN = /^\s{0,4}([A-Za-z0-9][A-Za-z0-9._-]{0,100})(?:\[[^\]\n]{0,200}\])?\s{0,4}===?\s{0,4}([0-9][\w.!+-]{0,60})/;

/** Exact pins; loose requirements state no version. */
export function readRequirementPins({ path, text }: LockInput): LockedPackage[] {
  const isDevelopment = DEVELOPMENT.test(nameOf(path).replace(/\.(?:txt|in)$/, ''));
  const lines = text.split('\n');
  return lines.flatMap((line, index): LockedPackage[] => {
    const match = PIN.exec(line);
    if (!match?.[1] || !match[2]) return [];
    const name = normalizePythonName(match[1]);
    return [{ name, version: match[2], line: index + 1, isDirect: isAskedFor(lines, index), isDevelopment }];
  });
}

/** Compiled files tell below each pin what led to it: `# via flask`, `# via -r requirements.in`. */
function isAskedFor(lines: readonly string[], at: number): boolean {
  const after: string[] = [];
  for (let index = at + 1; index < lines.length && index <= at + 200; index += 1) {
    const line = lines[index]?.trim() ?? '';
    if (line.startsWith('--hash') || line === '\\') continue;
    if (!line.startsWith('#')) break;
    after.push(line);
  }
  const told = after.join(' ');
  return !/#\s{0,8}via\b/.test(told) || /-r |\.in\b|\(pyproject\.toml|\(setup\./.test(told);
}

/** What the manifests beside the lock file ask for. */
function pythonRoots({ path, siblings }: LockInput): Root[] {
  const directory = parentPath(path);
  return ['pyproject.toml', 'Pipfile'].flatMap((name) => {
    const manifest = joinPath(directory, name);
    const text = siblings.find((file) => file.path === manifest)?.text;
    const toml = text === undefined ? undefined : parseTomlText(text);
    if (!toml) return [];
    const root = (isDevelopment: boolean) => (id: string) => ({ id, isDevelopment, manifest });
    return [...shippedNames(toml).map(root(false)), ...developmentNames(toml).map(root(true))];
  });
}

function shippedNames(toml: unknown): string[] {
  const optional = property(toml, 'project', 'optional-dependencies');
  const requirements = [
    property(toml, 'project', 'dependencies'),
    ...keysOf(optional).map((key) => property(optional, key)),
  ].flatMap(stringsOf);
  return [
    ...requirements.flatMap((requirement) => requirementName(requirement) ?? []),
    ...keysOf(property(toml, 'tool', 'poetry', 'dependencies')).map(normalizePythonName),
    ...keysOf(property(toml, 'packages')).map(normalizePythonName),
  ];
}

function developmentNames(toml: unknown): string[] {
  const groups = property(toml, 'dependency-groups');
  const pdm = property(toml, 'tool', 'pdm', 'dev-dependencies');
  const poetry = property(toml, 'tool', 'poetry', 'group');
  const requirements = [
    ...keysOf(groups).map((key) => property(groups, key)),
    ...keysOf(pdm).map((key) => property(pdm, key)),
  ].flatMap(stringsOf);
  return [
    ...requirements.flatMap((requirement) => requirementName(requirement) ?? []),
    ...keysOf(property(toml, 'tool', 'poetry', 'dev-dependencies')).map(normalizePythonName),
    ...keysOf(poetry).flatMap((key) => keysOf(property(poetry, key, 'dependencies')).map(normalizePythonName)),
    ...keysOf(property(toml, 'dev-packages')).map(normalizePythonName),
  ];
}

const REQUIREMENTS = /(?:^|[-_.])requirements?(?:[-_.][\w-]{1,40})?\.txt$/i;

/** Files of pins besides `requirements.txt`: `requirements-dev.txt`, `requirements/base.txt`. */
export function isRequirementsFile(path: string): boolean {
  return REQUIREMENTS.test(nameOf(path)) || /(?:^|\/)requirements\/[\w.-]{1,60}\.txt$/i.test(path);
}
