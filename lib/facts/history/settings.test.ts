import { describe, expect, test } from 'vitest';
import { isSettingPath, settingsOf } from './settings';

const valuesOf = (path: string, text: string) =>
  Object.fromEntries([...settingsOf(path, text)].map(([name, { value }]) => [name, value]));

describe('isSettingPath', () => {
  test.each(['package.json', '.github/workflows/ci.yml', 'api/.coveragerc', 'eslint.config.mjs', 'codecov.yml'])(
    'knows %s',
    (path) => {
      expect(isSettingPath(path)).toBe(true);
    },
  );

  test.each(['src/a.ts', 'tests/fixtures/package.json', 'node_modules/a/tsconfig.json', 'README.md'])(
    'leaves %s alone',
    (path) => {
      expect(isSettingPath(path)).toBe(false);
    },
  );
});

describe('settingsOf', () => {
  test.each([
    ['vitest.config.ts', 'export default { test: { coverage: { thresholds: { lines: 80 } } } };', { lines: 80 }],
    ['pyproject.toml', '[tool.coverage.report]\nfail_under = 92.5\n', { fail_under: 92.5 }],
    ['Makefile', 'test:\n\tpytest --cov-fail-under=85\n', { '--cov-fail-under': 85 }],
    ['build.gradle.kts', 'limit { minimum = "0.75".toBigDecimal() }', { minimum: 0.75 }],
    ['pom.xml', '<limit><minimum>0.60</minimum></limit>', { minimum: 0.6 }],
    ['phpstan.neon', 'parameters:\n    level: 6\n', { level: 6 }],
    [
      '.golangci.yml',
      'linters-settings:\n  gocyclo:\n    min-complexity: 15\n',
      { 'linters-settings.gocyclo.min-complexity': 15 },
    ],
    [
      'codecov.yml',
      'coverage:\n  status:\n    patch:\n      default:\n        target: 70%\n',
      { 'coverage.status.patch.default.target': 70 },
    ],
    ['.eslintrc.json', '{ "rules": {\n  "complexity": ["error", 12],\n  "indent": 2\n} }', { 'complexity (max)': 12 }],
  ])('reads limits of %s', (path, text, values) => {
    expect(valuesOf(path, text)).toMatchObject(values);
  });

  test('leaves out what is said twice, looks, and broken files', () => {
    const twice = '{ "jest": { "coverageThreshold": { "a": { "lines": 90 }, "b": { "lines": 50 } } } }';

    expect(valuesOf('package.json', twice)).toEqual({});
    expect(valuesOf('.rubocop.yml', 'Layout/LineLength:\n  Max: 90\nStyle/For:\n  Enabled: false\n')).toEqual({});
    expect(valuesOf('codecov.yml', 'a: [')).toEqual({});
  });
});
