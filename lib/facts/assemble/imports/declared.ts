import { parentPath } from '../../project/project-text';
import type { IndexedFile, ResolveInput, Resolver } from './tree-index';

/** Java, Kotlin and PHP name a package and a type; a file holds the type of its own name. */
export function declaredResolver(input: ResolveInput, languages: readonly string[], separator: '.' | '\\'): Resolver {
  const types = new Map<string, string>();
  for (const file of input.files) {
    if (!file.language || !languages.includes(file.language)) continue;
    const name = typeName(file, separator);
    if (name !== null && !types.has(name)) types.set(name, file.path);
  }
  return (_from, specifier) => {
    const parts = specifier
      .replace(/^\\/, '')
      .replace(/\s+as\s.*$/, '')
      .split(separator);
    for (let end = parts.length; end > Math.max(1, parts.length - 3); end -= 1) {
      const found = types.get(parts.slice(0, end).join(separator));
      if (found !== undefined) return found;
    }
    return null;
  };
}

function typeName({ path, declaredPackage }: IndexedFile, separator: string): string | null {
  const base = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  return declaredPackage === null || declaredPackage === '' ? null : `${declaredPackage}${separator}${base}`;
}

/** A Go package is a directory; its first file in order speaks for it. */
export function goResolver(input: ResolveInput): Resolver {
  const first = new Map<string, string>();
  for (const { path } of input.files) {
    if (!path.endsWith('.go') || path.endsWith('_test.go')) continue;
    const directory = parentPath(path);
    const known = first.get(directory);
    if (known === undefined || path < known) first.set(directory, path);
  }
  const modules = input.manifests
    .filter((manifest) => manifest.ecosystem === 'go' && manifest.name)
    .map(({ name, path }) => ({ name: name ?? '', directory: parentPath(path) }))
    .sort((a, b) => b.name.length - a.name.length);
  return (_from, specifier) => {
    for (const { name, directory } of modules) {
      if (specifier !== name && !specifier.startsWith(`${name}/`)) continue;
      const rest = specifier.slice(name.length + 1);
      return first.get([directory, rest].filter((part) => part !== '').join('/')) ?? null;
    }
    return null;
  };
}
