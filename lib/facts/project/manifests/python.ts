import { parse as parseToml } from 'smol-toml';
import { keysOf, parseJson, property, stringOf, stringsOf, textEntries } from '../json-value';
import { joinPath } from '../project-text';
import { type ManifestContext, type ManifestDraft, sortedUnique } from './draft';

/** Name as the package index compares it. */
export function normalizePythonName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

export function requirementName(requirement: string): string | null {
  const name = /^\s*([A-Za-z0-9](?:[A-Za-z0-9._-]{0,100}[A-Za-z0-9])?)(?=[\s[<>=!~;@,(]|$)/.exec(requirement)?.[1];
  return name ? normalizePythonName(name) : null;
}

export function parseTomlText(text: string): unknown {
  try {
    return parseToml(text, { integersAsBigInt: true });
  } catch {
    return undefined;
  }
}

export function readPyproject(text: string): ManifestDraft | null {
  const toml = parseTomlText(text);
  const project = property(toml, 'project');
  const poetry = property(toml, 'tool', 'poetry');
  if (!project && !poetry) return null;
  const groups = [
    property(project, 'dependencies'),
    ...values(property(project, 'optional-dependencies')),
    ...values(property(toml, 'dependency-groups')),
    property(toml, 'tool', 'uv', 'dev-dependencies'),
  ];
  const poetryGroups = [
    property(poetry, 'dependencies'),
    property(poetry, 'dev-dependencies'),
    ...values(property(poetry, 'group')).map((group) => property(group, 'dependencies')),
  ];
  const poetryNames = poetryGroups
    .flatMap(keysOf)
    .map(normalizePythonName)
    .filter((name) => name !== 'python');
  const names = groups.flatMap(stringsOf).flatMap((requirement) => requirementName(requirement) ?? []);
  return {
    ecosystem: 'python',
    name: stringOf(property(project, 'name')) ?? stringOf(property(poetry, 'name')),
    version: stringOf(property(project, 'version')) ?? stringOf(property(poetry, 'version')),
    dependencies: sortedUnique([...names, ...poetryNames]),
    shipped: sortedUnique([
      ...stringsOf(property(project, 'dependencies')).flatMap((requirement) => requirementName(requirement) ?? []),
      ...keysOf(property(poetry, 'dependencies'))
        .map(normalizePythonName)
        .filter((name) => name !== 'python'),
    ]),
    scripts: { ...textEntries(property(poetry, 'scripts')), ...textEntries(property(project, 'scripts')) },
    license:
      stringOf(property(project, 'license')) ??
      stringOf(property(project, 'license', 'text')) ??
      stringOf(property(poetry, 'license')),
    isLibrary: property(toml, 'build-system') !== undefined && property(poetry, 'package-mode') !== false,
    isRuntimePinned:
      property(project, 'requires-python') !== undefined || property(poetry, 'dependencies', 'python') !== undefined,
  };
}

function values(value: unknown): unknown[] {
  return keysOf(value).map((key) => property(value, key));
}

export function readRequirements(text: string, { hasPath, directory }: ManifestContext): ManifestDraft | null {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('-'));
  const isPackage = ['pyproject.toml', 'setup.py', 'setup.cfg'].some((name) => hasPath(joinPath(directory, name)));
  return {
    ecosystem: 'python',
    name: null,
    version: null,
    dependencies: sortedUnique(lines.flatMap((line) => requirementName(line) ?? [])),
    shipped: sortedUnique(lines.flatMap((line) => requirementName(line) ?? [])),
    scripts: {},
    license: null,
    isLibrary: isPackage,
    isSelfLocked: lines.length > 0 && lines.every((line) => /===?|@|--hash=/.test(line)),
    isRuntimePinned: false,
  };
}

export function readPipfile(text: string): ManifestDraft | null {
  const toml = parseTomlText(text);
  if (!toml) return null;
  const names = [...keysOf(property(toml, 'packages')), ...keysOf(property(toml, 'dev-packages'))];
  return {
    ecosystem: 'python',
    name: null,
    version: null,
    dependencies: sortedUnique(names.map(normalizePythonName)),
    scripts: textEntries(property(toml, 'scripts')),
    license: null,
    isLibrary: false,
    isRuntimePinned: keysOf(property(toml, 'requires')).length > 0,
  };
}

/** A program, read as text: only literal arguments are known. */
export function readSetupPy(text: string): ManifestDraft | null {
  if (!/\bsetup\s{0,5}\(/.test(text)) return null;
  const head = /install_requires\s{0,5}=\s{0,5}\[/.exec(text);
  const list = head
    ? text
        .slice(head.index + head[0].length)
        .split(']', 1)
        .join('')
    : '';
  const quoted = [...list.matchAll(/["']([^"'\n]{1,200})["']/g)].map((match) => match[1] ?? '');
  return {
    ecosystem: 'python',
    name: /\bname\s{0,5}=\s{0,5}["']([\w.-]{1,100})["']/.exec(text)?.[1] ?? null,
    version: /\bversion\s{0,5}=\s{0,5}["']([\w.+-]{1,50})["']/.exec(text)?.[1] ?? null,
    dependencies: sortedUnique(quoted.flatMap((requirement) => requirementName(requirement) ?? [])),
    scripts: {},
    license: /\blicense\s{0,5}=\s{0,5}["']([^"'\n]{1,100})["']/.exec(text)?.[1] ?? null,
    isLibrary: true,
    isRuntimePinned: /python_requires|Programming Language :: Python :: [23]\.\d/.test(text),
  };
}

export function namesInPipfileLock(text: string): string[] {
  const json = parseJson(text);
  return [...keysOf(property(json, 'default')), ...keysOf(property(json, 'develop'))].map(normalizePythonName);
}
