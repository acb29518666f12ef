import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LanguageId } from '@/lib/magics/facts/code';
import { languageOfPath } from '@/lib/magics/paths';
import { readManifests } from '../project/manifests';
import { resolveImports } from './resolve-imports';

interface Tree {
  paths: string[];
  texts?: Record<string, string>;
  packages?: Record<string, string>;
}

function resolver({ paths, texts = {}, packages = {} }: Tree) {
  const projectTexts = Object.entries(texts).map(([path, text]) => ({ path, text }));
  const files = [...paths, ...Object.keys(texts)].map((path) => ({
    path,
    language: languageOfPath(path) as LanguageId | null,
    declaredPackage: packages[path] ?? null,
  }));
  return resolveImports({ files, manifests: readManifests(projectTexts, () => false), projectTexts });
}

test('a Python package without a file that marks it is found', () => {
  const resolve = resolver({ paths: ['core/shop/pay/__init__.py', 'core/shop/pay/card.py', 'tests/test_card.py'] });

  expect(resolve('tests/test_card.py', 'shop.pay.card')).toBe('core/shop/pay/card.py');
  expect(resolve('tests/test_card.py', 'shop.pay')).toBe('core/shop/pay/__init__.py');
});

describe('TypeScript and JavaScript', () => {
  const paths = [
    'src/a.ts',
    'src/b.tsx',
    'src/lib/index.ts',
    'src/c.js',
    'src/d.mts',
    'src/e.vue',
    'src/data.json',
    'index.ts',
  ];

  test.each([
    ['./b', 'src/b.tsx'],
    ['./b.js', 'src/b.tsx'],
    ['./lib', 'src/lib/index.ts'],
    ['./lib/index.js', 'src/lib/index.ts'],
    ['./c.js', 'src/c.js'],
    ['./d.mjs', 'src/d.mts'],
    ['./e.vue?raw', 'src/e.vue'],
    ['./data.json', 'src/data.json'],
    ['..', 'index.ts'],
    ['./a', null],
    ['./missing', null],
    ['../../outside', null],
    ['react', null],
    ['', null],
  ])('%s is %s', (specifier, target) => {
    expect(resolver({ paths })('src/a.ts', specifier)).toBe(target);
  });

  test('follows paths of the nearest tsconfig, also through extends', () => {
    const resolve = resolver({
      paths: ['src/util/x.ts', 'app/page.ts', 'app/own/y.ts'],
      texts: {
        'tsconfig.base.json':
          '{ "compilerOptions": { "paths": { "@/*": ["./src/*"], "#x": ["src/util/x.ts"] } } } // note',
        'app/tsconfig.json': '{ "extends": "../tsconfig.base.json", }',
      },
    });

    expect(resolve('app/page.ts', '@/util/x')).toBe('src/util/x.ts');
    expect(resolve('app/page.ts', '#x')).toBe('src/util/x.ts');
    expect(resolve('app/page.ts', '@/none')).toBeNull();
  });

  test('configurations that extend themselves end', () => {
    const resolve = resolver({ paths: ['a.ts'], texts: { 'tsconfig.json': '{"extends": "./tsconfig.json"}' } });

    expect(resolve('a.ts', '@/b')).toBeNull();
  });

  test('finds packages of the workspace by name', () => {
    const resolve = resolver({
      paths: ['packages/core/src/index.ts', 'packages/core/src/deep/x.ts', 'packages/app/src/main.ts'],
      texts: { 'packages/core/package.json': '{"name": "@acme/core"}' },
    });

    expect(resolve('packages/app/src/main.ts', '@acme/core')).toBe('packages/core/src/index.ts');
    expect(resolve('packages/app/src/main.ts', '@acme/core/deep/x')).toBe('packages/core/src/deep/x.ts');
    expect(resolve('packages/app/src/main.ts', '@acme/other')).toBeNull();
  });
});

test('never throws and never leaves the tree, whatever is imported', () => {
  const paths = [
    'src/a.ts',
    'src/a.py',
    'src/a.go',
    'src/a.rs',
    'src/a.java',
    'src/a.c',
    'src/a.rb',
    'src/a.php',
    'a.sh',
  ];
  const resolve = resolver({
    paths,
    texts: {
      'tsconfig.json':
        '{"compilerOptions": {"baseUrl": "../..", "paths": {"*": ["$&/*", "../../*"], "__proto__": ["x"]}}}',
      'package.json': '{"name": "__proto__"}',
      'go.mod': 'module m\n',
    },
  });
  const specifier = fc
    .array(
      fc.oneof(
        fc.constantFrom('.', '..', '/', '::', 'crate', 'super', 'mod ', 'm/', '*', '\\', '__proto__', 'src', 'a'),
        fc.string(),
      ),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.constantFrom(...paths), specifier, (from, raw) => {
      const target = resolve(from, raw);
      expect(target === null || paths.includes(target) || /^[\w.]+$/.test(target)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

describe('other languages', () => {
  test('Python: relative, absolute from source roots, names inside modules', () => {
    const resolve = resolver({
      paths: [
        'src/app/__init__.py',
        'src/app/core.py',
        'src/app/sub/__init__.py',
        'src/app/sub/m.py',
        'tools/run.py',
        'tools/helper.py',
      ],
    });

    expect(resolve('src/app/sub/m.py', '..core')).toBe('src/app/core.py');
    expect(resolve('src/app/sub/m.py', '.')).toBe('src/app/sub/__init__.py');
    expect(resolve('tools/run.py', 'app.core.Thing')).toBe('src/app/core.py');
    expect(resolve('tools/run.py', 'app.sub')).toBe('src/app/sub/__init__.py');
    expect(resolve('tools/run.py', 'helper')).toBe('tools/helper.py');
    expect(resolve('tools/run.py', 'os.path')).toBeNull();
    expect(resolve('tools/run.py', '.....x')).toBeNull();
  });

  test('Go: packages of modules in the tree', () => {
    const resolve = resolver({
      paths: ['main.go', 'util/b.go', 'util/a.go', 'util/a_test.go', 'sub/x.go'],
      texts: { 'go.mod': 'module example.org/app\n', 'sub/go.mod': 'module example.org/app/sub\n' },
    });

    expect(resolve('main.go', 'example.org/app/util')).toBe('util/a.go');
    expect(resolve('main.go', 'example.org/app/sub')).toBe('sub/x.go');
    expect(resolve('main.go', 'fmt')).toBeNull();
    expect(resolve('main.go', 'example.org/application')).toBeNull();
  });

  test('Java, Kotlin and PHP: types of declared packages', () => {
    const resolve = resolver({
      paths: ['a/Foo.java', 'b/Bar.kt', 'src/Model/User.php', 'x.php'],
      packages: { 'a/Foo.java': 'com.acme', 'b/Bar.kt': 'com.acme.b', 'src/Model/User.php': 'Acme\\Model' },
    });

    expect(resolve('b/Bar.kt', 'com.acme.Foo')).toBe('a/Foo.java');
    expect(resolve('a/Foo.java', 'com.acme.b.Bar.CONSTANT')).toBe('b/Bar.kt');
    expect(resolve('a/Foo.java', 'com.acme.b.*')).toBeNull();
    expect(resolve('a/Foo.java', 'java.util.List')).toBeNull();
    expect(resolve('x.php', '\\Acme\\Model\\User as U')).toBe('src/Model/User.php');
  });

  test('Rust: mod, crate, self, super and crates of the workspace', () => {
    const resolve = resolver({
      paths: ['src/lib.rs', 'src/a.rs', 'src/a/b.rs', 'src/c/mod.rs', 'other/src/lib.rs', 'other/src/x.rs'],
      texts: { 'other/Cargo.toml': '[package]\nname = "my-other"\n' },
    });

    expect(resolve('src/lib.rs', 'mod a')).toBe('src/a.rs');
    expect(resolve('src/a.rs', 'mod b')).toBe('src/a/b.rs');
    expect(resolve('src/a/b.rs', 'crate::c::Thing')).toBe('src/c/mod.rs');
    expect(resolve('src/a/b.rs', 'super::other_fn')).toBe('src/a.rs');
    expect(resolve('src/a.rs', 'self::b::X')).toBe('src/a/b.rs');
    expect(resolve('src/a.rs', 'my_other::x::Y')).toBe('other/src/x.rs');
    expect(resolve('src/a.rs', 'std::fmt')).toBeNull();
  });

  test('C and C++: beside the file, else the only header that fits', () => {
    const resolve = resolver({ paths: ['src/a.c', 'src/a.h', 'include/lib/b.h', 'x/dup.h', 'y/dup.h'] });

    expect(resolve('src/a.c', 'a.h')).toBe('src/a.h');
    expect(resolve('src/a.c', '<lib/b.h>')).toBe('include/lib/b.h');
    expect(resolve('src/a.c', 'dup.h')).toBeNull();
    expect(resolve('src/a.c', 'stdio.h')).toBeNull();
  });

  test('Ruby and shell scripts by path, C# not at all', () => {
    const resolve = resolver({ paths: ['lib/app/x.rb', 'lib/app/y.rb', 'a.sh', 'b.sh', 'A.cs'] });

    expect(resolve('lib/app/x.rb', './y')).toBe('lib/app/y.rb');
    expect(resolve('lib/app/x.rb', 'app/y')).toBe('lib/app/y.rb');
    expect(resolve('a.sh', './b.sh')).toBe('b.sh');
    expect(resolve('A.cs', 'A')).toBeNull();
  });
});
