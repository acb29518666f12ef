import { parentPath } from '../../project/project-text';
import { firstFile, type HasFile, type ResolveInput, type Resolver, resolvePath } from './tree-index';

/** `mod` declarations, paths from `crate`, `self` and `super`, and crates of the workspace. */
export function rustResolver(input: ResolveInput, hasFile: HasFile): Resolver {
  const crates = new Map<string, string>();
  for (const { ecosystem, name, path } of input.manifests) {
    if (ecosystem === 'cargo' && name) crates.set(name.replaceAll('-', '_'), parentPath(path));
  }
  return (from, specifier) => {
    const declared = /^mod (?:r#)?(\w+)$/.exec(specifier)?.[1];
    // Each file of `tests`, `examples` and `src/bin` is the root of a crate of its own.
    if (declared) {
      return (
        moduleAt(join(moduleDirectory(from), declared), hasFile) ?? moduleAt(join(parentPath(from), declared), hasFile)
      );
    }
    const [head = '', ...rest] = specifier
      .replace(/^pub\s+/, '')
      .split('::')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    if (head === 'crate') return walk(crateSource(from, hasFile), rest, hasFile);
    if (head === 'self') return walk(moduleDirectory(from), rest, hasFile);
    if (head === 'super') return fromSuper(from, rest, hasFile);
    const crate = crates.get(head);
    return crate === undefined
      ? null
      : (walk(join(crate, 'src'), rest, hasFile) ?? firstFile(hasFile, [join(crate, 'src/lib.rs')]));
  };
}

function join(directory: string, name: string): string {
  return directory === '' ? name : `${directory}/${name}`;
}

/** Directory whose files are the child modules of a file. */
function moduleDirectory(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return /^(?:mod|lib|main)\.rs$/.test(name) ? parentPath(path) : path.replace(/\.rs$/, '');
}

function crateSource(path: string, hasFile: HasFile): string {
  for (let directory = parentPath(path); ; directory = parentPath(directory)) {
    if (hasFile(join(directory, 'lib.rs')) || hasFile(join(directory, 'main.rs'))) return directory;
    if (directory === '') return parentPath(path);
  }
}

function fromSuper(path: string, rest: readonly string[], hasFile: HasFile): string | null {
  let directory: string | null = parentPath(moduleDirectory(path));
  const names = [...rest];
  while (names[0] === 'super' && directory !== null) {
    names.shift();
    directory = resolvePath(directory, '..');
  }
  return directory === null ? null : walk(directory, names, hasFile);
}

/** The longest part of a path that is a file: what follows are names inside it. */
function walk(directory: string, names: readonly string[], hasFile: HasFile): string | null {
  for (let end = Math.min(names.length, 8); end > 0; end -= 1) {
    const found = moduleAt(join(directory, names.slice(0, end).join('/')), hasFile);
    if (found !== null) return found;
  }
  return firstFile(hasFile, [
    join(directory, 'mod.rs'),
    `${directory}.rs`,
    join(directory, 'lib.rs'),
    join(directory, 'main.rs'),
  ]);
}

function moduleAt(path: string, hasFile: HasFile): string | null {
  return firstFile(hasFile, [`${path}.rs`, `${path}/mod.rs`]);
}
