import { parentPath } from '../../project/project-text';
import { firstFile, type HasFile, type ResolveInput, type Resolver, resolvePath } from './tree-index';

/** Relative imports, and absolute ones from the directories that hold top-level packages. */
export function pythonResolver(input: ResolveInput, hasFile: HasFile): Resolver {
  const roots = sourceRoots(input, hasFile);
  return (from, specifier) => {
    const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
    const path = specifier.slice(dots).replaceAll('.', '/');
    if (dots > 0) return moduleAt(resolvePath(parentPath(from), '../'.repeat(dots - 1) + path), hasFile);
    const own = [...roots, parentPath(from)];
    for (const root of own) {
      const found = moduleAt(resolvePath(root, path), hasFile);
      if (found !== null && found !== from) return found;
    }
    return null;
  };
}

/** `a.b.c` is a module, a package, or a name inside `a.b`. */
function moduleAt(path: string | null, hasFile: HasFile): string | null {
  if (path === null) return null;
  const parent = parentPath(path);
  return firstFile(hasFile, [
    `${path}.py`,
    `${path}/__init__.py`,
    `${path}.pyi`,
    ...(parent === '' ? [] : [`${parent}.py`, `${parent}/__init__.py`]),
  ]);
}

function sourceRoots({ files, manifests }: ResolveInput, hasFile: HasFile): string[] {
  const roots = new Set<string>(['', 'src', 'lib']);
  for (const { path, ecosystem } of manifests) {
    if (ecosystem !== 'python') continue;
    roots.add(parentPath(path));
    roots.add(resolvePath(parentPath(path), 'src') ?? '');
  }
  for (const { path } of files) {
    if (!path.endsWith('/__init__.py')) continue;
    const outer = parentPath(parentPath(path));
    if (!hasFile(`${outer}/__init__.py`)) roots.add(outer);
  }
  // A namespace package has no file that marks it: its root lies further out.
  const outside = new Set<string>();
  for (const root of roots) {
    for (let up = root; up !== ''; up = parentPath(up)) outside.add(parentPath(up));
  }
  return [...new Set([...roots, ...outside])];
}
