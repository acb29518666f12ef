import type { HotspotFileView } from '@/lib/schemas/maps';

export interface Folder {
  kind: 'folder';
  /** From the root of the repository, without a slash at the end; empty for the root. */
  path: string;
  name: string;
  children: MapNode[];
}

export interface Leaf {
  kind: 'file';
  path: string;
  name: string;
  file: HotspotFileView;
}

export type MapNode = Folder | Leaf;

/** The folder of a zoom with all below it; folders that only hold one other are one step. */
export function folderTree(files: readonly HotspotFileView[], zoom: string): Folder {
  const root: Folder = { kind: 'folder', path: zoom, name: nameOf(zoom), children: [] };
  const folders = new Map<string, Folder>([[zoom, root]]);
  const prefix = zoom === '' ? '' : `${zoom}/`;
  for (const file of files) {
    if (!file.path.startsWith(prefix)) continue;
    const parent = folderAt(folders, file.path.slice(0, Math.max(0, file.path.lastIndexOf('/'))), zoom);
    parent.children.push({ kind: 'file', path: file.path, name: nameOf(file.path), file });
  }
  return withoutSingles(root);
}

/** The folders from the root to a zoom, for the crumbs. */
export function crumbsOf(zoom: string): { path: string; name: string }[] {
  const names = zoom === '' ? [] : zoom.split('/');
  return names.map((name, index) => ({ path: names.slice(0, index + 1).join('/'), name }));
}

/** The folder right below the zoom that holds a file; null when the file lies there itself. */
export function folderBelow(tree: Folder, path: string): string | null {
  const inside = tree.children.find((child) => child.kind === 'folder' && path.startsWith(`${child.path}/`));
  return inside?.path ?? null;
}

/** The zoom one step out. */
export function outerFolder(zoom: string): string {
  return zoom.includes('/') ? zoom.slice(0, zoom.lastIndexOf('/')) : '';
}

function folderAt(folders: Map<string, Folder>, path: string, zoom: string): Folder {
  const known = folders.get(path);
  if (known) return known;
  const parent = folderAt(folders, outerFolder(path).length < zoom.length ? zoom : outerFolder(path), zoom);
  const folder: Folder = { kind: 'folder', path, name: nameOf(path), children: [] };
  parent.children.push(folder);
  folders.set(path, folder);
  return folder;
}

function withoutSingles(folder: Folder): Folder {
  const children = folder.children.map((child) => (child.kind === 'folder' ? collapse(withoutSingles(child)) : child));
  return { ...folder, children };
}

function collapse(folder: Folder): MapNode {
  const [only] = folder.children;
  if (folder.children.length !== 1 || only?.kind !== 'folder') return folder;
  return { ...only, name: `${folder.name}/${only.name}` };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
