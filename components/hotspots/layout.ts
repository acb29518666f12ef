import { hierarchy, treemap } from 'd3-hierarchy';
import type { Folder, Leaf, MapNode } from './tree';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface TileBox extends Box {
  leaf: Leaf;
}

export interface FolderBox extends Box {
  path: string;
  name: string;
  /** 1 right below the zoom. */
  depth: number;
}

const GAP = 2;
const HEAD = 18;
/** Folders smaller or deeper than this have no room for their name. */
const MIN_NAMED = { width: 72, height: 64 };
const NAMED_DEPTH = 2;

/** Places every file of a folder by its lines in a rectangle, files of one folder side by side. */
export function layOut(tree: Folder, width: number, height: number): { tiles: TileBox[]; folders: FolderBox[] } {
  const root = hierarchy<MapNode>(tree, (node) => (node.kind === 'folder' ? node.children : undefined))
    .sum((node) => (node.kind === 'file' ? Math.max(1, node.file.codeLines) : 0))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0) || (a.data.path < b.data.path ? -1 : 1));
  const placed = treemap<MapNode>()
    .size([width, height])
    .paddingInner(GAP)
    .paddingTop((node) => (isNamed(node) ? HEAD : 0))
    .round(true)(root);
  const tiles: TileBox[] = [];
  const folders: FolderBox[] = [];
  placed.each((node) => {
    const { data, depth, x0, x1, y0, y1 } = node;
    const box = { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
    if (data.kind === 'file') tiles.push({ ...box, leaf: data });
    else if (isNamed(node)) folders.push({ ...box, path: data.path, name: data.name, depth });
  });
  return { tiles, folders };
}

function isNamed({
  depth,
  x0,
  x1,
  y0,
  y1,
}: {
  depth: number;
  x0: number;
  x1: number;
  y0: number;
  y1: number;
}): boolean {
  const isRoomy = x1 - x0 >= MIN_NAMED.width && y1 - y0 >= MIN_NAMED.height;
  return depth > 0 && depth <= NAMED_DEPTH && isRoomy;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The tile one comes to from another by an arrow key: the nearest whose middle lies that way. */
export function neighbour(tiles: readonly TileBox[], from: TileBox, direction: Direction): TileBox | null {
  const middle = (tile: Box) => ({ x: tile.x + tile.width / 2, y: tile.y + tile.height / 2 });
  const start = middle(from);
  let best: TileBox | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const tile of tiles) {
    const { x, y } = middle(tile);
    const [along, across] = ALONG[direction](x - start.x, y - start.y);
    if (tile === from || along <= 0) continue;
    const distance = along + 2 * Math.abs(across);
    if (distance < least) [least, best] = [distance, tile];
  }
  return best;
}

const ALONG: Record<Direction, (dx: number, dy: number) => [along: number, across: number]> = {
  left: (dx, dy) => [-dx, dy],
  right: (dx, dy) => [dx, dy],
  up: (dx, dy) => [-dy, dx],
  down: (dx, dy) => [dy, dx],
};
