import { describe, expect, test } from 'vitest';
import { classifyPath } from './classify-path';
import { directoryOf, extensionOf, isScriptPath, isSourcePath, isTestPath, languageOfPath } from './paths';

describe('classifyPath', () => {
  test.each([
    ['src/pay.ts', 'production'],
    ['src/contest.ts', 'production'],
    ['src/latest/index.js', 'production'],
    ['testssl.sh', 'production'],
    ['src/latestUtils/pay.ts', 'production'],
    ['lib/attest.py', 'production'],
    ['src/App.vue', 'production'],
    ['src/license.ts', 'production'],
    ['src/main/java/com/example/Manifest.java', 'production'],
    ['日本語/決済.ts', 'production'],
    ['日本語/決済.test.ts', 'test'],
    ['src/pay.int.test.ts', 'test'],
    ['src/__tests__/pay.ts', 'test'],
    ['tests/test_pay.py', 'test'],
    ['pay_test.go', 'test'],
    ['src/test/java/com/example/Pay.java', 'test'],
    ['src/test/java/org/samples/shop/PayTests.java', 'test'],
    ['src/test/java/org/samples/shop/Orders.java', 'test'],
    ['src/test/resources/orders.json', 'fixture'],
    ['integration-tests/src/main/java/Handler.java', 'test'],
    ['src/main/java/org/tests/Plan.java', 'production'],
    ['crates/search/src/testutil.rs', 'test'],
    ['spec/pay_spec.rb', 'test'],
    ['src/__benchmarks__/pay.bench.ts', 'test'],
    ['src/jmh/java/PayBenchmark.java', 'test'],
    ['MyApp.Tests/Pay.cs', 'test'],
    ['core/src/commonTest/kotlin/pay/Recorder.kt', 'test'],
    ['pay-testing-support/src/main/kotlin/pay/Recorder.kt', 'test'],
    ['tools/run-tests.sh', 'test'],
    ['benchmark-gc.sh', 'test'],
    ['benchsuite/benchsuite', 'fixture'],
    ['internal/testdata/bad.go', 'fixture'],
    ['src/__snapshots__/a.test.ts.snap', 'fixture'],
    ['docs/guide.md', 'documentation'],
    ['docs/conf.py', 'documentation'],
    ['LICENSE', 'documentation'],
    ['examples/app.py', 'documentation'],
    ['package.json', 'configuration'],
    ['config/app.json', 'configuration'],
    ['config/app.ts', 'production'],
    ['vite.config.ts', 'configuration'],
    ['.env.production', 'configuration'],
    ['package-lock.json', 'lock'],
    ['vendor/github.com/x/y.go', 'vendored'],
    ['web/node_modules/a/index.test.js', 'vendored'],
    ['public/app.min.js', 'generated'],
    ['single_include/pay/json.hpp', 'generated'],
    ['api/user.pb.go', 'generated'],
    ['assets/logo.png', 'binary'],
    ['data/cities.csv', 'data'],
  ])('%s is %s', (path, role) => {
    expect(classifyPath(path)).toBe(role);
  });
});

test('tests inside make a file a test, unless it is an example', () => {
  expect(classifyPath('src/pay.ts', { testFramework: 'vitest' })).toBe('test');
  expect(classifyPath('examples/pay.py', { testFramework: 'pytest' })).toBe('documentation');
  expect(classifyPath('examples/tests/pay.py', { testFramework: 'pytest' })).toBe('test');
});

test.each(['src/Contest.java', 'greatest/a.py', 'src/protest_march.py', 'src/testimonials.tsx'])(
  '%s is no test',
  (path) => {
    expect(isTestPath(path)).toBe(false);
  },
);

test('scripts are told from the product', () => {
  const scripts = ['scripts/release.ts', 'bin/app.js', 'cmd/api/main.go', 'manage.py', 'rollup.config.js'];
  const product = ['src/client.ts', 'src/combine/index.ts', 'lib/domain.py'];

  expect(scripts.filter(isScriptPath)).toEqual(scripts);
  expect(product.filter(isScriptPath)).toEqual([]);
});

test('extension and language come from the last dot of the name', () => {
  expect(extensionOf('a.b/c')).toBe('');
  expect(extensionOf('.env')).toBe('');
  expect(directoryOf('Makefile')).toBe('.');
  expect(languageOfPath('a/b.d.ts')).toBe('typescript');
  expect(isSourcePath('Makefile')).toBe(false);
});
