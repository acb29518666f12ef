import type { ComponentFact } from '@/lib/magics/facts/code';
import type { ManifestFact } from '@/lib/magics/facts/project';
import { compareText } from '@/lib/magics/hash';
import { directoryOf } from '@/lib/magics/paths';

export interface ComponentMap {
  components: ComponentFact[];
  /** Id of the component a path belongs to. */
  componentOf(path: string): string;
}

/** Packages in here are copied into other repositories. */
const TEMPLATES = /(?:^|\/)templates?\//;

/** One package is the repository itself; its directories tell more. */
const MIN_WORKSPACES = 2;

/** Directories that only hold the parts of a product. */
const CONTAINERS = new Set([
  ...[
    'src',
    'lib',
    'libs',
    'app',
    'apps',
    'source',
    'sources',
    'packages',
    'pkg',
    'internal',
    'cmd',
    'crates',
    'modules',
  ],
  ...['services', 'components', 'plugins', 'projects'],
]);

interface Directory {
  path: string;
  hasFiles: boolean;
  children: Map<string, Directory>;
}

/** Workspace packages where there are several, else the directories production code lies in. */
export function findComponents(manifests: readonly ManifestFact[], productionPaths: readonly string[]): ComponentMap {
  const found = new Map<string, ComponentFact>();
  const workspaces = findWorkspaces(manifests, productionPaths);
  const isMonorepo = workspaces.size >= MIN_WORKSPACES;
  if (isMonorepo) for (const [id, name] of workspaces) found.set(id, { id, name, kind: 'workspace' });

  const loose = isMonorepo ? productionPaths.filter((path) => nearest(path, workspaces) === '.') : productionPaths;
  const root = directoryTree(loose);
  const ids = isMonorepo ? besideWorkspaces(root, workspaces) : sourceDirectories(root);
  for (const id of ids)
    if (id !== '.' && !found.has(id)) found.set(id, { id, name: lastSegment(id), kind: 'directory' });
  found.set('.', { id: '.', name: '.', kind: 'root' });

  const cache = new Map<string, string>();
  return {
    components: [...found.values()].sort((a, b) => compareText(a.id, b.id)),
    componentOf(path) {
      const directory = directoryOf(path);
      const known = cache.get(directory);
      if (known !== undefined) return known;
      const id = nearest(path, found);
      cache.set(directory, id);
      return id;
    },
  };
}

function findWorkspaces(manifests: readonly ManifestFact[], productionPaths: readonly string[]): Map<string, string> {
  const inhabited = new Set<string>();
  for (const path of productionPaths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const directory = path.slice(0, end);
      if (inhabited.has(directory)) break;
      inhabited.add(directory);
    }
  }
  const workspaces = new Map<string, string>();
  for (const { path, name, ecosystem } of manifests) {
    const directory = directoryOf(path);
    // A nameless package.json only sets options for the files below it.
    if (ecosystem === 'npm' && !name) continue;
    if (
      directory !== '.' &&
      inhabited.has(directory) &&
      !TEMPLATES.test(`${directory}/`) &&
      (name || !workspaces.has(directory))
    ) {
      workspaces.set(directory, name ?? lastSegment(directory));
    }
  }
  return workspaces;
}

function directoryTree(paths: readonly string[]): Directory {
  const root: Directory = { path: '.', hasFiles: false, children: new Map() };
  for (const path of paths) {
    let at = root;
    for (const segment of path.split('/').slice(0, -1)) {
      const known = at.children.get(segment);
      const next = known ?? {
        path: at === root ? segment : `${at.path}/${segment}`,
        hasFiles: false,
        children: new Map(),
      };
      if (!known) at.children.set(segment, next);
      at = next;
    }
    at.hasFiles = true;
  }
  return root;
}

/** Directories of a monorepo that neither are nor hold packages. */
function besideWorkspaces(root: Directory, workspaces: ReadonlyMap<string, string>): string[] {
  const ids = [...root.children.values()].map((child) => child.path);
  return ids.filter((id) => ![...workspaces.keys()].some((workspace) => workspace.startsWith(`${id}/`)));
}

/** Goes down while there is only one way, then takes the directories there; those of containers are opened once. */
function sourceDirectories(root: Directory): string[] {
  const top = narrow(root);
  const ids = top.hasFiles && top !== root ? [top.path] : [];
  for (const child of top.children.values()) {
    const isContainer = CONTAINERS.has(lastSegment(child.path).toLowerCase());
    const inner = isContainer ? narrow(child) : child;
    if (!isContainer || inner.hasFiles || inner.children.size === 0) ids.push(child.path);
    if (isContainer) for (const part of inner.children.values()) ids.push(part.path);
  }
  return ids;
}

function narrow(directory: Directory): Directory {
  let at = directory;
  while (!at.hasFiles && at.children.size === 1) {
    const [only] = at.children.values();
    if (!only) break;
    at = only;
  }
  return at;
}

function nearest(path: string, ids: { has(id: string): boolean }): string {
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const directory = path.slice(0, end);
    if (ids.has(directory)) return directory;
  }
  return '.';
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
