import { expect, test } from 'vitest';
import { isCheckSettingsPath, readCheckSettings } from './check-settings';

const levelsOf = (files: Record<string, string>) =>
  readCheckSettings(Object.entries(files).map(([path, text]) => ({ path, text }))).map(
    ({ path, tool, level }) => `${path} ${tool} ${level}`,
  );

test.each([
  ['nothing inherited', { 'tsconfig.json': '{ "compilerOptions": {} }' }, 'tsconfig.json typescript lax'],
  [
    'a base in the repository',
    { 'web/tsconfig.json': '{ "extends": ["../base"] }', 'tsconfig.json': '{ "extends": "nobody/knows" }' },
    'tsconfig.json typescript unknown',
  ],
  [
    'configurations that extend each other',
    { 'tsconfig.json': '{ "extends": "./tsconfig.a.json" }', 'tsconfig.a.json': '{ "extends": "./tsconfig.json" }' },
    'tsconfig.json typescript unknown',
  ],
  ['a broken file', { 'tsconfig.json': '{ "strict": tr' }, undefined],
  ['mypy that asks for hints', { 'mypy.ini': '[mypy]\ndisallow_untyped_defs = True\n' }, 'mypy.ini mypy partial'],
  ['pyright by a command', { Makefile: 'check:\n\tpyright src\n' }, 'Makefile pyright partial'],
  ['basedpyright by itself', { 'pyproject.toml': '[tool.basedpyright]\n' }, 'pyproject.toml pyright strict'],
  ['a build with warnings', { Makefile: 'CFLAGS += -Wall\n' }, 'Makefile compiler strict'],
])('reads %s', (_, files, expected) => {
  expect(levelsOf(files)[0]).toBe(expected);
});

test('knows its files', () => {
  expect(['tsconfig.build.json', 'mypy.ini', 'CMakeLists.txt', 'deptrac.yaml'].every(isCheckSettingsPath)).toBe(true);
  expect(['src/a.ts', 'a/b/c/d/e/tsconfig.json'].some(isCheckSettingsPath)).toBe(false);
});
