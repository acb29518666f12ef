import { describe, expect, test } from 'vitest';
import type { ManifestFact } from '@/lib/magics/facts';
import { findComponents } from './components';

const manifest = (path: string, name: string | null, ecosystem: ManifestFact['ecosystem'] = 'npm'): ManifestFact => ({
  path,
  ecosystem,
  name,
  version: null,
  dependencies: [],
  scripts: {},
  license: null,
  isLibrary: false,
  lockFile: null,
  missingFromLock: null,
  isRuntimePinned: false,
});
const ids = (manifests: ManifestFact[], paths: string[]) =>
  findComponents(manifests, paths).components.map(({ id, kind }) => `${id}:${kind}`);

describe('findComponents', () => {
  test('packages of a workspace are components, and so are directories beside them', () => {
    const manifests = [
      manifest('package.json', 'root'),
      manifest('packages/a/package.json', '@x/a'),
      manifest('packages/a/sub/package.json', null),
      manifest('packages/b/package.json', '@x/b'),
      manifest('packages/c/package.json', '@x/c'),
    ];
    const paths = [
      'packages/a/src/i.ts',
      'packages/a/sub/i.ts',
      'packages/b/i.ts',
      'scripts/x.ts',
      'packages/global.d.ts',
    ];
    const { components, componentOf } = findComponents(manifests, paths);

    expect(components).toEqual([
      { id: '.', name: '.', kind: 'root' },
      { id: 'packages/a', name: '@x/a', kind: 'workspace' },
      { id: 'packages/b', name: '@x/b', kind: 'workspace' },
      { id: 'scripts', name: 'scripts', kind: 'directory' },
    ]);
    expect(componentOf('packages/a/sub/deep/x.ts')).toBe('packages/a');
    expect(componentOf('packages/c/readme.md')).toBe('.');
    expect(componentOf('scripts/y/z.ts')).toBe('scripts');
  });

  test('a single package is split into the directories of its sources', () => {
    expect(
      ids([manifest('package.json', 'a')], ['src/billing/a.ts', 'src/users/x/b.ts', 'src/main.ts', 'tools/t.ts']),
    ).toEqual(['.:root', 'src:directory', 'src/billing:directory', 'src/users:directory', 'tools:directory']);
  });

  test('goes down while there is only one way', () => {
    expect(ids([], ['src/main/java/com/acme/a/A.java', 'src/main/java/com/acme/b/B.java'])).toEqual([
      '.:root',
      'src/main/java/com/acme/a:directory',
      'src/main/java/com/acme/b:directory',
    ]);
    expect(ids([], ['src/click/core.py', 'src/click/types.py'])).toEqual(['.:root', 'src/click:directory']);
  });

  test('files of the root belong to the root', () => {
    const { componentOf } = findComponents([], ['main.go', 'binding/a.go']);

    expect(componentOf('main.go')).toBe('.');
    expect(componentOf('binding/x/b.go')).toBe('binding');
  });

  test('an empty repository has the root', () => {
    expect(ids([], [])).toEqual(['.:root']);
  });

  test('does not depend on the order of paths', () => {
    const paths = ['src/a.ts', 'src/x/b.ts', 'src/y/c.ts', 'lib/d.ts'];

    expect(ids([], [...paths].reverse())).toEqual(ids([], paths));
  });
});
