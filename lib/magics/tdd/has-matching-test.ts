import * as z from 'zod';
import { type CheckOutput, defineRule } from '../define';
import type { FunctionFact } from '../facts/code';
import { mapTests, testedFromOutside } from '../test-matching';

/** Production files with this many functions hold behaviour worth a test. */
export const MIN_FUNCTIONS = 3;

export const hasMatchingTest = defineRule({
  id: 'tdd/has-matching-test',
  catalogue: 'TDD-01',
  group: 'presence',
  severity: 'low',
  needs: ['files', 'functions', 'imports', 'tests'],
  limits: { per: 'measure', good: 0.7, bad: 0.2, range: [0, 1] },
  report: 'beyond-limit',
  weight: 2,
  references: ['https://martinfowler.com/bliki/SelfTestingCode.html'],
  tags: ['ISO27001 A.8.29', 'NIST SSDF PW.8', 'PCI DSS 6.2.3'],
  options: z.object({}),

  title: { en: 'Code has a test', ja: 'コードにはテストがある' },
  why: {
    en: 'Without a test nobody notices when the next change breaks it, so nobody dares to change it.',
    ja: 'テストがなければ、次の変更で壊れても誰も気づかず、やがて誰も変更できなくなります。',
  },
  fix: {
    en: 'Add a test file of the same name, or a test that imports the file. Begin with the file that changes most.',
    ja: '同じ名前のテスト、またはこのファイルを読み込むテストを追加してください。変更の多いファイルから始めるのが効果的です。',
  },
  messages: {
    none: {
      en: 'Nothing is tested: {files} {files|file|files} with functions and no test at all.',
      ja: 'テストが1つもありません。関数を持つファイルが{files}個あります。',
    },
    untested: {
      en: 'No test names or imports this file ({functions} {functions|function|functions}).',
      ja: 'このファイルを名指しする、または読み込むテストがありません（関数{functions}個）。',
    },
  },
  examples: {
    bad: [
      {
        files: {
          'src/pay.ts':
            'export const a = (n: number) => n + 1;\nexport const b = (n: number) => n + 2;\nexport function c(n: number) {\n  return n + 3;\n}\n',
        },
      },
      {
        files: {
          'pay.py': 'def a(n):\n    return n + 1\n\n\ndef b(n):\n    return n + 2\n\n\ndef c(n):\n    return n + 3\n',
          'tests/test_tax.py': 'from tax import rate\n\n\ndef test_rate():\n    assert rate() == 10\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/pay.ts':
            'export const a = (n: number) => n + 1;\nexport const b = (n: number) => n + 2;\nexport function c(n: number) {\n  return n + 3;\n}\n',
          'test/pay.spec.ts': "test('adds', () => { expect(a(1)).toBe(2); });\n",
        },
      },
      {
        files: {
          'shop/__init__.py': 'from .pay import a\n',
          'shop/pay.py':
            'def a(n):\n    return n + 1\n\n\ndef b(n):\n    return n + 2\n\n\ndef c(n):\n    return n + 3\n',
          'tests/test_shop.py': 'import shop\n\n\ndef test_a():\n    assert shop.a(1) == 2\n',
        },
      },
      {
        files: {
          'src/lib.rs':
            'pub fn a(n: u32) -> u32 { n + 1 }\npub fn b(n: u32) -> u32 { n + 2 }\npub fn c(n: u32) -> u32 { n + 3 }\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn adds() {\n        assert_eq!(super::a(1), 2);\n    }\n}\n',
        },
      },
      {
        files: {
          'src/main/java/com/example/Pay.java':
            'class Pay {\n  int a(int n) { return n + 1; }\n  int b(int n) { return n + 2; }\n  int c(int n) { return n + 3; }\n}\n',
          'src/test/java/com/example/PayTest.java':
            'class PayTest {\n  @Test\n  void adds() { assertEquals(2, new Pay().a(1)); }\n}\n',
        },
      },
      {
        files: {
          'src/pay.c':
            'int a(int n) { return n + 1; }\nint b(int n) { return n + 2; }\nint c(int n) { return n + 3; }\n',
          'tests/pay.tcl': 'check [pay 1] 2\ncheck [pay 2] 3\n',
          'pay.py': 'def a(n):\n    return n + 1\n\n\ndef b(n):\n    return n + 2\n\n\ndef c(n):\n    return n + 3\n',
          'test_pay.py': 'from pay import a\n\n\ndef test_a():\n    assert a(1) == 2\n',
        },
      },
    ],
  },

  *check({ files, functions, imports, tests }): CheckOutput {
    const map = mapTests({ files, imports, tests });
    const isOutside = testedFromOutside(files);
    const subjects = new Map([...withBehaviour(functions)].filter(([path]) => !isOutside(path)));
    const untested = [...subjects].filter(([path]) => !map.isTested(path));
    const hasTests = tests.length > 0 || files.some((file) => file.role === 'test');
    if (!hasTests && subjects.size > 0) {
      yield { messageId: 'none', data: { files: subjects.size }, severity: 'high', anchor: 'none' };
    } else {
      for (const [path, count] of untested) {
        yield { messageId: 'untested', data: { functions: count }, location: { path, line: 1 }, anchor: 'untested' };
      }
    }
    return {
      value: (subjects.size - untested.length) / subjects.size,
      population: subjects.size,
      metrics: { test_files: files.filter((file) => file.role === 'test').length, untested_files: untested.length },
    };
  },
});

/** Production files with enough named functions, and how many. */
export function withBehaviour(functions: readonly FunctionFact[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { path, role, kind, body } of functions) {
    if (role !== 'production' || kind === 'lambda' || body === 'none') continue;
    counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  return new Map([...counts].filter(([, count]) => count >= MIN_FUNCTIONS));
}
