import { describe, expect, test } from 'vitest';
import type { ManifestFact } from '@/lib/magics/facts/project';
import { readManifests } from '../project/manifests';
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
  hasDeepImports: false,
  shipped: [],
  peers: [],
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

describe('monorepos of every kind', () => {
  const json = (value: object) => JSON.stringify(value);
  const cargo = (name: string) => `[package]\nname = "${name}"\nversion = "0.1.0"\n`;
  const project = (name: string) => `[project]\nname = "${name}"\nversion = "1"\n`;
  const pom = (name: string) => `<project><artifactId>${name}</artifactId><version>1</version></project>`;

  test.each<[string, Record<string, string>, string]>([
    [
      'npm, yarn and bun',
      {
        'package.json': json({ name: 'root', private: true, workspaces: ['packages/*'] }),
        'packages/a/package.json': json({ name: '@x/a' }),
        'packages/b/package.json': json({ name: '@x/b' }),
      },
      'ts',
    ],
    [
      'pnpm',
      {
        'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
        'package.json': json({ private: true }),
        'packages/a/package.json': json({ name: '@x/a' }),
        'packages/b/package.json': json({ name: '@x/b' }),
      },
      'ts',
    ],
    [
      'Cargo',
      {
        'Cargo.toml': '[workspace]\nmembers = ["packages/*"]\n',
        'packages/a/Cargo.toml': cargo('a'),
        'packages/b/Cargo.toml': cargo('b'),
      },
      'rs',
    ],
    [
      'Go',
      {
        'go.work': 'go 1.22\n\nuse (\n\t./packages/a\n\t./packages/b\n)\n',
        'packages/a/go.mod': 'module example.org/a\n\ngo 1.22\n',
        'packages/b/go.mod': 'module example.org/b\n\ngo 1.22\n',
      },
      'go',
    ],
    [
      'Maven',
      {
        'pom.xml': `<project><artifactId>root</artifactId><packaging>pom</packaging><modules><module>packages/a</module></modules></project>`,
        'packages/a/pom.xml': pom('a'),
        'packages/b/pom.xml': pom('b'),
      },
      'java',
    ],
    [
      'Gradle',
      {
        'settings.gradle.kts': 'include(":packages:a", ":packages:b")\n',
        'packages/a/build.gradle': "plugins { id 'java-library' }\n",
        'packages/b/build.gradle.kts': 'plugins { kotlin("jvm") }\n',
      },
      'java',
    ],
    [
      'uv',
      {
        'pyproject.toml': `${project('root')}[tool.uv.workspace]\nmembers = ["packages/*"]\n`,
        'packages/a/pyproject.toml': project('a'),
        'packages/b/pyproject.toml': project('b'),
      },
      'py',
    ],
    [
      'Poetry and setuptools',
      {
        'packages/a/pyproject.toml': '[tool.poetry]\nname = "a"\nversion = "1"\n',
        'packages/b/setup.py': 'from setuptools import setup\n\nsetup(name="b")\n',
      },
      'py',
    ],
    [
      'Composer',
      {
        'composer.json': json({ name: 'x/root', type: 'project' }),
        'packages/a/composer.json': json({ name: 'x/a' }),
        'packages/b/composer.json': json({ name: 'x/b' }),
      },
      'php',
    ],
  ])('%s: members are workspaces, the root is the rest', (_kind, files, extension) => {
    const texts = Object.entries(files).map(([path, text]) => ({ path, text }));
    const manifests = readManifests(texts, (path) => path in files);
    const paths = ['packages/a', 'packages/b'].map((directory) => `${directory}/src/x.${extension}`);

    expect(ids(manifests, [...paths, `scripts/x.${extension}`])).toEqual([
      '.:root',
      'packages/a:workspace',
      'packages/b:workspace',
      'scripts:directory',
    ]);
  });

  test('settings of tools make no package', () => {
    const files = {
      'packages/a/pyproject.toml': project('a'),
      'packages/b/pyproject.toml': project('b'),
      'packages/a/x/pyproject.toml': '[tool.ruff]\nline-length = 100\n',
    };
    const texts = Object.entries(files).map(([path, text]) => ({ path, text }));

    expect(
      ids(
        readManifests(texts, () => false),
        ['packages/a/x/y.py', 'packages/b/z.py'],
      ),
    ).toEqual(['.:root', 'packages/a:workspace', 'packages/b:workspace']);
  });
});
