import { keysOf, property, stringOf, stringsOf } from '../../project/json-value';
import { parentPath } from '../../project/project-text';
import { parseJsonc } from '../../text/json-comments';
import { firstFile, type HasFile, type ResolveInput, type Resolver, resolvePath } from './tree-index';

const EXTENSIONS = ['.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs', '.vue', '.svelte', '.json'];
const SWAPS: Record<string, readonly string[]> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};
const MAX_EXTENDS = 5;

interface PathAlias {
  prefix: string;
  suffix: string;
  targets: string[];
}

interface CompilerPaths {
  aliases: PathAlias[];
  baseUrl: string | null;
}

/** Relative paths, `paths` and `baseUrl` of the nearest tsconfig, and packages of the workspace. Nothing is executed. */
export function ecmaResolver(input: ResolveInput, hasFile: HasFile): Resolver {
  const configs = new Map(
    input.projectTexts
      .filter(({ path }) => /(?:^|\/)(?:tsconfig|jsconfig)[^/]*\.json$/.test(path))
      .map(({ path, text }) => [path, text]),
  );
  const cache = new Map<string, CompilerPaths | null>();
  const packages = new Map<string, string>();
  for (const { ecosystem, name, path } of input.manifests) {
    if (ecosystem === 'npm' && name && !packages.has(name)) packages.set(name, parentPath(path));
  }
  return (from, raw) => {
    const specifier = raw.replace(/[?#].*$/, '') || raw;
    const directory = parentPath(from);
    if (specifier.startsWith('.')) return fileAt(resolvePath(directory, specifier), hasFile);
    if (specifier.startsWith('/')) return fileAt(resolvePath('', specifier), hasFile);
    return (
      byCompilerPaths(nearestPaths(directory, configs, cache), specifier, hasFile) ??
      byWorkspace(packages, specifier, hasFile)
    );
  };
}

function fileAt(path: string | null, hasFile: HasFile): string | null {
  if (path === null) return null;
  const extension = /\.[cm]?jsx?$/.exec(path)?.[0];
  const bare = extension ? path.slice(0, -extension.length) : path;
  const swapped = extension ? (SWAPS[extension] ?? []).map((other) => bare + other) : [];
  const index = EXTENSIONS.map((each) => (path === '' ? `index${each}` : `${path}/index${each}`));
  return firstFile(hasFile, [path, ...swapped, ...EXTENSIONS.map((each) => path + each), ...index]);
}

function byCompilerPaths(paths: CompilerPaths | null, specifier: string, hasFile: HasFile): string | null {
  if (!paths) return null;
  for (const { prefix, suffix, targets } of paths.aliases) {
    if (!specifier.startsWith(prefix) || !specifier.endsWith(suffix)) continue;
    if (specifier.length < prefix.length + suffix.length) continue;
    const star = specifier.slice(prefix.length, specifier.length - suffix.length);
    for (const target of targets) {
      const found = fileAt(
        resolvePath(
          '',
          target.replace('*', () => star),
        ),
        hasFile,
      );
      if (found !== null) return found;
    }
  }
  return paths.baseUrl === null ? null : fileAt(resolvePath(paths.baseUrl, specifier), hasFile);
}

/** Sources stand in for what a package would publish: its entry points are built and not in the tree. */
function byWorkspace(packages: ReadonlyMap<string, string>, specifier: string, hasFile: HasFile): string | null {
  const parts = specifier.split('/');
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  const directory = packages.get(name);
  if (directory === undefined) return null;
  const rest = specifier.slice(name.length + 1);
  if (rest === '')
    return (
      fileAt(resolvePath(directory, 'src'), hasFile) ??
      fileAt(directory, hasFile) ??
      fileAt(resolvePath(directory, 'lib'), hasFile)
    );
  return fileAt(resolvePath(directory, rest), hasFile) ?? fileAt(resolvePath(directory, `src/${rest}`), hasFile);
}

function nearestPaths(
  start: string,
  configs: ReadonlyMap<string, string>,
  cache: Map<string, CompilerPaths | null>,
): CompilerPaths | null {
  const known = cache.get(start);
  if (known !== undefined) return known;
  const prefix = start === '' ? '' : `${start}/`;
  const path = ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json']
    .map((name) => prefix + name)
    .find((each) => configs.has(each));
  const own = path === undefined ? null : readPaths(path, configs, 0);
  const found = own ?? (start === '' ? null : nearestPaths(parentPath(start), configs, cache));
  cache.set(start, found);
  return found;
}

function readPaths(path: string, configs: ReadonlyMap<string, string>, depth: number): CompilerPaths | null {
  const text = configs.get(path);
  if (text === undefined || depth > MAX_EXTENDS) return null;
  const config = parseJsonc(text);
  const directory = parentPath(path);
  const base = stringOf(property(config, 'compilerOptions', 'baseUrl'));
  const baseUrl = base === null ? null : resolvePath(directory, base);
  const paths = property(config, 'compilerOptions', 'paths');
  if (paths !== undefined || baseUrl !== null) {
    return { aliases: readAliases(paths, baseUrl ?? directory), baseUrl };
  }
  const bases = [stringOf(property(config, 'extends')) ?? '', ...stringsOf(property(config, 'extends'))];
  for (const each of bases.filter((name) => name.startsWith('.')).reverse()) {
    const target = resolvePath(directory, each.endsWith('.json') ? each : `${each}.json`);
    const found = target === null ? null : readPaths(target, configs, depth + 1);
    if (found) return found;
  }
  return null;
}

function readAliases(paths: unknown, base: string): PathAlias[] {
  return keysOf(paths)
    .map((pattern): PathAlias => {
      const star = pattern.indexOf('*');
      const targets = stringsOf(property(paths, pattern)).flatMap((target) => resolvePath(base, target) ?? []);
      if (star < 0) return { prefix: pattern, suffix: '', targets };
      return { prefix: pattern.slice(0, star), suffix: pattern.slice(star + 1), targets };
    })
    .sort((a, b) => b.prefix.length - a.prefix.length);
}
