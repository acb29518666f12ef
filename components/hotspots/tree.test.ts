import { expect, test } from 'vitest';
import type { HotspotFileView } from '@/lib/schemas/maps';
import { layOut, neighbour } from './layout';
import { crumbsOf, type Folder, folderBelow, folderTree, type MapNode, outerFolder } from './tree';

function file(path: string, codeLines = 10): HotspotFileView {
  return {
    path,
    component: '.',
    codeLines,
    complexity: 1,
    revisions: null,
    fixes: null,
    churn: null,
    authors: null,
    risk: null,
  };
}

const FILES = [
  file('index.ts', 40),
  file('src/main/java/org/a/A.java', 30),
  file('src/main/java/org/a/B.java', 20),
  file('src/main/java/org/b/C.java', 50),
  file('srcs/D.ts', 10),
];

function outline(node: MapNode): unknown {
  return node.kind === 'file' ? node.name : [node.name, ...node.children.map(outline)];
}

test('makes one step of folders that only hold one other', () => {
  expect(outline(folderTree(FILES, ''))).toEqual([
    '',
    'index.ts',
    ['src/main/java/org', ['a', 'A.java', 'B.java'], ['b', 'C.java']],
    ['srcs', 'D.ts'],
  ]);
});

test('shows what lies in the zoom and nothing beside it', () => {
  const tree = folderTree(FILES, 'src');

  expect(outline(tree)).toEqual(['src', ['main/java/org', ['a', 'A.java', 'B.java'], ['b', 'C.java']]]);
  expect(folderBelow(tree, 'src/main/java/org/a/A.java')).toBe('src/main/java/org');
  expect(folderBelow(folderTree(FILES, 'srcs'), 'srcs/D.ts')).toBeNull();
});

test('finds the way out of a zoom', () => {
  expect(crumbsOf('a/b').map(({ path }) => path)).toEqual(['a', 'a/b']);
  expect([outerFolder('a/b'), outerFolder('a')]).toEqual(['a', '']);
});

test('gives each file the area of its lines, inside the rectangle and apart from the others', () => {
  const { tiles } = layOut(folderTree(FILES, ''), 600, 300);

  const areas = new Map(tiles.map(({ leaf, width, height }) => [leaf.path, width * height]));
  expect(tiles).toHaveLength(FILES.length);
  expect(areas.get('src/main/java/org/b/C.java')).toBeGreaterThan(areas.get('srcs/D.ts') ?? 0);
  for (const { x, y, width, height } of tiles) {
    expect(x).toBeGreaterThanOrEqual(0);
    expect(x + width).toBeLessThanOrEqual(600);
    expect(y + height).toBeLessThanOrEqual(300);
  }
});

test('arrow keys lead to the tile on that side and stop at the edge', () => {
  const tree: Folder = folderTree([file('a.ts'), file('b.ts')], '');
  const { tiles } = layOut(tree, 400, 100);
  const [left, right] = [...tiles].sort((a, b) => a.x - b.x);
  if (!left || !right) throw new Error('two tiles');

  expect(neighbour(tiles, left, 'right')).toBe(right);
  expect(neighbour(tiles, right, 'left')).toBe(left);
  expect(neighbour(tiles, left, 'left')).toBeNull();
});
