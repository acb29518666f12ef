import { expect, test } from 'vitest';
import type { FileFact, FileRole } from '@/lib/magics/facts/code';
import { LOADER_MARK, PACKAGE_PREFIX, PROGRAM_MARK } from '../text/path-mentions';
import { resolveMentions } from './mentions';

const files = [
  'src/a.ts',
  'src/words/one.ts',
  'src/words/deep/two.ts',
  'src/routes/three.js',
  'shop/orders/guard.py',
].map((path) => ({ path }) as FileFact);

const mentionsOf = (path: string, names: string[], role: FileRole = 'production') =>
  resolveMentions([{ path, role, names }], files, []).map(({ form, name }) => `${form} ${name}`);

test('a path is looked up from the file that names it, and by its end', () => {
  expect(mentionsOf('src/a.ts', ['./words/one'])).toContain('file src/words/one.ts');
  expect(mentionsOf('index.html', ['/deep/two.js'], 'data')).toEqual(['file src/words/deep/two.ts']);
});

test('a module of Python is named by its dotted name, or by that of something in it', () => {
  expect(mentionsOf('shop/settings.py', ['shop.orders.guard.Guard'])).toEqual(['file shop/orders/guard.py']);
});

test('code that names a directory may read it; a pattern or a loader reaches further down', () => {
  expect(mentionsOf('src/a.ts', ['./routes'])).toEqual(['directory src/routes']);
  expect(mentionsOf('src/a.ts', ['./words/*.ts'])).toEqual(['tree src/words']);
  expect(mentionsOf('src/a.ts', [LOADER_MARK, './routes'])).toEqual(['tree src', 'tree src/routes']);
  expect(mentionsOf('tsconfig.json', ['src/words'], 'configuration')).toEqual([]);
});

test('a program names itself, and a file that names only itself is not named', () => {
  expect(mentionsOf('src/a.ts', [PROGRAM_MARK, 'src/a.ts'])).toEqual(['program src/a.ts']);
});

test('what is built is named after what it is built from', () => {
  expect(mentionsOf('package.json', ['./dist/one.mjs'], 'configuration')).toEqual(['file src/words/one.ts']);
});

test('packages count when a manifest asks for them', () => {
  const manifests = [{ dependencies: ['chart', '@acme/core'] }] as never;

  expect(
    resolveMentions(
      [
        {
          path: 'a.vue',
          role: 'production',
          names: ['chart/dist', '@acme/core/x', 'other'].map((name) => PACKAGE_PREFIX + name),
        },
      ],
      files,
      manifests,
    ),
  ).toEqual([
    { form: 'package', name: '@acme/core' },
    { form: 'package', name: 'chart' },
  ]);
});
