import { describe, expect, test } from 'vitest';
import { blobKey } from '../blob-key';
import { collectPackedBlob } from '../packed-blob';
import { isProjectFile } from '../project/project-facts';
import { type AssembleInput, assembleFacts } from './assemble-facts';
import type { TreeEntry } from './file-rows';

async function assemble(
  files: Record<string, string>,
  extra: TreeEntry[] = [],
  more: Pick<AssembleInput, 'advisories'> = {},
) {
  const blobs = new Map<string, Uint8Array>();
  const tree: TreeEntry[] = [...extra];
  for (const [path, text] of Object.entries(files)) {
    const blobId = `id-${path}`;
    tree.push({ path, mode: '100644', blobId, sizeBytes: text.length });
    blobs.set(blobKey(blobId, path), (await collectPackedBlob(path, Buffer.from(text))).data);
  }
  const projectTexts = Object.entries(files)
    .filter(([path]) => isProjectFile(path))
    .map(([path, text]) => ({ path, text }));
  return assembleFacts({
    commit: 'c0ffee',
    now: 1_700_000_000,
    tree,
    readBlobs: async () => blobs,
    projectTexts,
    history: { facts: null, missing: { commits: 'shallow' } },
    ...more,
  });
}

const FUNCTION = 'export function f(a: number) {\n  return a + 1;\n}\n';

describe('assembleFacts', () => {
  test('sorts rows by path and line and puts the role on each', async () => {
    const facts = await assemble({
      'src/b.ts': `// two\n${FUNCTION}// three\n`,
      'src/B.ts': '// one\n',
      'tests/a.ts': '// four\n',
    });

    expect(facts.comments?.map(({ path, role, text }) => [path, role, text])).toEqual([
      ['src/B.ts', 'production', 'one'],
      ['src/b.ts', 'production', 'two'],
      ['src/b.ts', 'production', 'three'],
      ['tests/a.ts', 'test', 'four'],
    ]);
  });

  test('matches dependencies with the advisory data it is given, and says when there is none', async () => {
    const files = { 'requirements.txt': 'flask==0.12\n' };
    const entry = {
      ...{ id: 'GHSA-1', aliases: [], summary: 'x', ecosystem: 'PyPI' as const, name: 'Flask', versions: [] },
      ...{ spans: [{ introduced: '0', fixed: '0.12.3' }], score: 7.5, severity: null },
    };
    const advisories = { format: 1 as const, date: '2026-01-02', source: 'test', entries: [entry] };

    expect((await assemble(files, [], { advisories })).advisories).toMatchObject({
      date: '2026-01-02',
      matches: [
        { path: 'requirements.txt', line: 1, name: 'flask', id: 'GHSA-1', severity: 'high', fixedIn: '0.12.3' },
      ],
    });
    expect(await assemble(files)).toMatchObject({ advisories: null, missing: { advisories: 'no-advisories' } });
  });

  test('lists every file and says why one was not read', async () => {
    const facts = await assemble({ 'a.ts': FUNCTION }, [
      { path: 'link', mode: '120000', blobId: 'l', sizeBytes: 11 },
      { path: 'module', mode: '160000', blobId: 'm', sizeBytes: 0 },
      { path: 'big.ts', mode: '100644', blobId: 'b', sizeBytes: 50_000_000 },
      { path: 'lost.ts', mode: '100644', blobId: 'x', sizeBytes: 5 },
    ]);

    expect(facts.files?.map(({ path, skipped, language }) => [path, skipped, language])).toEqual([
      ['a.ts', null, 'typescript'],
      ['big.ts', 'too-large', 'typescript'],
      ['link', 'symlink', null],
      ['lost.ts', 'unreadable', 'typescript'],
      ['module', 'submodule', null],
    ]);
  });

  test('leaves code of vendored, generated and fixture files out, but not what is wrong with their text', async () => {
    const conflict = '<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n';
    const facts = await assemble({
      'vendor/a.ts': `// note\n${FUNCTION}`,
      'dist/a.js': '// note\nfunction f() {}\n',
      'testdata/a.json': '{',
      'fixtures/a.css': conflict,
    });

    expect(facts.comments).toEqual([]);
    expect(facts.functions).toEqual([]);
    expect(facts.dataErrors).toMatchObject([{ path: 'testdata/a.json', role: 'fixture' }]);
    expect(facts.conflictMarkers).toMatchObject([{ path: 'fixtures/a.css', role: 'fixture', line: 1 }]);
    expect(facts.files).toHaveLength(4);
  });

  test('counts what densities are divided by', async () => {
    const facts = await assemble({
      'src/a.ts': `// note\n${FUNCTION}`,
      'src/a.test.ts': "import { expect, test } from 'vitest';\n// why\ntest('x', () => {\n  expect(1).toBe(1);\n});\n",
      'README.md': '# a\n',
    });

    expect(facts.totals).toEqual({
      files: 3,
      productionFiles: 1,
      codeLines: 3,
      commentLines: 2,
      testCodeLines: 4,
      functions: 1,
      tests: 1,
    });
  });

  test('resolves imports and names components', async () => {
    const facts = await assemble({
      'src/shop/a.ts': "import { f } from '../core/b.js';\nf(1);\n",
      'src/core/b.ts': FUNCTION,
    });

    expect(facts.imports).toMatchObject([
      { path: 'src/shop/a.ts', specifier: '../core/b.js', target: 'src/core/b.ts' },
    ]);
    expect(facts.components?.map(({ id }) => id)).toEqual(['.', 'src/core', 'src/shop']);
    expect(facts.files?.find(({ path }) => path === 'src/core/b.ts')?.component).toBe('src/core');
  });

  test('linguist attributes decide over paths', async () => {
    const facts = await assemble({ '.gitattributes': 'legacy/** linguist-vendored\n', 'legacy/a.ts': FUNCTION });

    expect(facts.files?.find(({ path }) => path === 'legacy/a.ts')?.role).toBe('vendored');
    expect(facts.functions).toEqual([]);
  });

  test('manifests of examples and tests are no part of the product', async () => {
    const facts = await assemble({
      'package.json': '{"name":"a"}',
      'examples/x/package.json': '{"name":"x"}',
      'tests/y/package.json': '{"name":"y"}',
    });

    expect(facts.manifests?.map(({ path }) => path)).toEqual(['package.json']);
  });

  test('history that is missing stays missing', async () => {
    const facts = await assemble({});

    expect(facts).toMatchObject({
      commit: 'c0ffee',
      now: 1_700_000_000,
      commits: null,
      history: null,
      missing: { commits: 'shallow' },
    });
  });

  test('keeps hostile paths as they are', async () => {
    const paths = [
      'a\nb.ts',
      'quo"te\'.ts',
      '\u{1f600}.ts',
      '\u202ert.ts',
      '__proto__',
      'constructor',
      `${'d/'.repeat(2_000)}x.ts`,
      'A.ts',
      'a.ts',
    ];
    const facts = await assemble(
      Object.fromEntries(paths.map((path) => [path === '__proto__' ? 'x/__proto__' : path, FUNCTION])),
    );

    expect(facts.files?.map(({ path }) => path)).toEqual(
      paths.map((path) => (path === '__proto__' ? 'x/__proto__' : path)).sort(),
    );
    expect(({} as Record<string, unknown>).path).toBeUndefined();
  });

  test('equal input in any order gives equal facts', async () => {
    const files = { 'src/a.ts': FUNCTION, 'src/b.ts': FUNCTION, 'c.py': 'x = 1\n' };
    const reversed = Object.fromEntries(Object.entries(files).reverse());

    expect(JSON.stringify(await assemble(reversed))).toBe(JSON.stringify(await assemble(files)));
  });
});
