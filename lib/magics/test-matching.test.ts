import { describe, expect, test } from 'vitest';
import type { FileRole } from './facts/code';
import { mapTests, subjectStems, testedFromOutside } from './test-matching';

function map(paths: Record<string, FileRole>, imports: [from: string, target: string][] = [], tests: string[] = []) {
  const files = Object.entries(paths).map(([path, role]) => ({ path, role }));
  const rows = imports.map(([path, target]) => ({ path, target, role: paths[path] ?? 'production' }));
  return mapTests({ files, tests: tests.map((path) => ({ path })), imports: rows });
}

test.each([
  ['src/foo.test.ts', 'foo'],
  ['tests/test_http_server.py', 'httpserver'],
  ['src/foo.int.test.ts', 'foo'],
  ['src/foo-bar.spec.tsx', 'foobar'],
  ['tests/test_foo_bar.py', 'foobar'],
  ['foo_test.go', 'foo'],
  ['FooTest.java', 'foo'],
  ['TestFoo.java', 'foo'],
  ['FooTests.cs', 'foo'],
  ['spec/foo_spec.rb', 'foo'],
  ['foo_unittest.cc', 'foo'],
  ['tests/foo.rs', 'foo'],
  ['Test.java', 'test'],
  ['支払い.test.ts', '支払い'],
])('%s is about %s', (path, stem) => {
  expect(subjectStems(path)).toContain(stem);
});

describe('isTested', () => {
  test('a test by name counts, in its own language only', () => {
    const { isTested } = map({ 'src/pay.ts': 'production', 'pay.py': 'production', 'test/pay.test.js': 'test' });

    expect(isTested('src/pay.ts')).toBe(true);
    expect(isTested('pay.py')).toBe(false);
  });

  test('of two files with one name the nearer is tested', () => {
    const { isTested } = map({ 'a/pay.py': 'production', 'b/pay.py': 'production', 'tests/b/test_pay.py': 'test' });

    expect(isTested('b/pay.py')).toBe(true);
    expect(isTested('a/pay.py')).toBe(false);
  });

  test('an index file has the name of its directory', () => {
    const { isTested } = map({ 'src/pay/index.ts': 'production', 'test/pay.test.ts': 'test' });

    expect(isTested('src/pay/index.ts')).toBe(true);
  });

  test('an import from a test counts, through one index file and no further', () => {
    const { isTested } = map(
      {
        'shop/__init__.py': 'production',
        'shop/pay.py': 'production',
        'shop/deep.py': 'production',
        'tests/test_all.py': 'test',
      },
      [
        ['tests/test_all.py', 'shop/__init__.py'],
        ['shop/__init__.py', 'shop/pay.py'],
        ['shop/pay.py', 'shop/deep.py'],
      ],
    );

    expect(isTested('shop/pay.py')).toBe(true);
    expect(isTested('shop/deep.py')).toBe(false);
  });

  test('tests inside the file and Go tests of the package count', () => {
    const { isTested } = map(
      { 'src/lib.rs': 'production', 'pay/pay.go': 'production', 'pay/all_test.go': 'test', 'tax/tax.go': 'production' },
      [],
      ['src/lib.rs'],
    );

    expect(isTested('src/lib.rs')).toBe(true);
    expect(isTested('pay/pay.go')).toBe(true);
    expect(isTested('tax/tax.go')).toBe(false);
  });
});

describe('testedFromOutside', () => {
  const file = (path: string, role: FileRole, codeLines: number) => ({ path, role, codeLines });

  test('holds for C that scripts in Tcl drive', () => {
    const isOutside = testedFromOutside([
      file('src/server.c', 'production', 9000),
      file('tests/unit/list.tcl', 'test', 3000),
      file('tests/modules/list.c', 'test', 400),
      file('utils/report.tcl', 'production', 90),
    ]);

    expect(isOutside('src/server.c')).toBe(true);
  });

  test('does not hold for a product with one script of checks', () => {
    const isOutside = testedFromOutside([
      file('login.php', 'production', 12_000),
      file('tests/test_links.py', 'test', 90),
    ]);

    expect(isOutside('login.php')).toBe(false);
  });

  test('does not hold for one half of a product whose other half is tested', () => {
    const isOutside = testedFromOutside([
      file('api/app.py', 'production', 5000),
      file('web/app.ts', 'production', 5000),
      file('web/app.test.ts', 'test', 4000),
    ]);

    expect(isOutside('api/app.py')).toBe(false);
    expect(isOutside('web/app.ts')).toBe(false);
  });

  test('does not hold where tests outweigh the code they are beside, or where there are none', () => {
    const beside = testedFromOutside([file('src/a.ts', 'production', 100), file('src/a.test.ts', 'test', 900)]);
    const none = testedFromOutside([file('src/a.ts', 'production', 100)]);

    expect(beside('src/a.ts')).toBe(false);
    expect(none('src/a.ts')).toBe(false);
  });
});
