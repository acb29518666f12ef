import { parentPath } from '../../project/project-text';
import { firstFile, type HasFile, type ResolveInput, type Resolver, resolvePath } from './tree-index';

/** Headers beside the file, else the only header of the tree whose path ends so: include roots are set by the build. */
export function includeResolver(input: ResolveInput, hasFile: HasFile): Resolver {
  const byName = new Map<string, string[]>();
  for (const { path } of input.files) {
    if (!/\.(?:h|hh|hpp|hxx|inl|inc|c|cc|cpp|cu|cuh)$/i.test(path)) continue;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const known = byName.get(name);
    if (known) known.push(path);
    else byName.set(name, [path]);
  }
  return (from, raw) => {
    const specifier = raw.replace(/^[<"]|[>"]$/g, '');
    const beside = resolvePath(parentPath(from), specifier);
    if (beside !== null && hasFile(beside)) return beside;
    const name = specifier.slice(specifier.lastIndexOf('/') + 1);
    const tail = `/${specifier.replace(/^(?:\.{1,2}\/)+/, '')}`;
    const candidates = (byName.get(name) ?? []).filter((path) => `/${path}`.endsWith(tail));
    return candidates.length === 1 ? (candidates[0] ?? null) : null;
  };
}

/** `require_relative` as written; `require` from `lib` of any gem in the tree. */
export function rubyResolver(input: ResolveInput, hasFile: HasFile): Resolver {
  const roots = new Set(['lib', 'app']);
  for (const { path } of input.files)
    if (path.endsWith('.gemspec')) roots.add(resolvePath(parentPath(path), 'lib') ?? 'lib');
  const withSuffix = (path: string | null) => (path === null || path.endsWith('.rb') ? path : `${path}.rb`);
  return (from, specifier) =>
    firstFile(hasFile, [
      withSuffix(resolvePath(parentPath(from), specifier)),
      ...[...roots].map((root) => withSuffix(resolvePath(root, specifier))),
    ]);
}

/** Scripts read by a literal path, from beside the script or from the root. */
export function scriptResolver(hasFile: HasFile): Resolver {
  return (from, specifier) =>
    firstFile(hasFile, [resolvePath(parentPath(from), specifier), resolvePath('', specifier)]);
}
