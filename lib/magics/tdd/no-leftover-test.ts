import * as z from 'zod';
import type { EditedFile, EditedFinding } from '../define';
import { type CheckOutput, defineRule } from '../define';
import { commentRemoval, commentText, isLineComment } from '../edits/comments';
import type { LanguageId, TestFact } from '../facts/code';
import { languageOfPath } from '../paths';
import type { LineEdit } from '../types';

const ECMA =
  /^(?:it|test|specify)(?:\.\w{1,20}){0,3}\((?:"[^"]{1,200}"|'[^']{1,200}'|`[^`]{1,200}`), ?(?:async ?)?(?:\(|function\b|\w{1,20} ?=>)/;
const JVM = /^@Test\b(?:\([^)]{0,80}\))?(?:$| (?:public|void|fun|@))/;
const NATIVE = /^TEST(?:_F|_P|_CASE)?\([^)]{1,100}\) ?\{/;

/** How a test begins, inside a comment. */
const BEGINNINGS: Partial<Record<LanguageId, RegExp>> = {
  typescript: ECMA,
  tsx: ECMA,
  javascript: ECMA,
  python: /^(?:async )?def test_\w{1,100}\([^)]{0,200}\)(?: ?-> ?\w{1,20})? ?:/,
  go: /^func Test\w{1,100}\(\w{1,3} \*testing\.T\) ?\{/,
  java: JVM,
  kotlin: JVM,
  rust: /^#\[(?:\w{1,20}::)?test\]/,
  csharp: /^\[(?:Test|Fact|TestMethod)\](?:$| public)/,
  php: /^public function test\w{1,100}\(/,
  ruby: /^(?:(?:it|test) (?:"[^"]{1,200}"|'[^']{1,200}') do\b|def test_\w{1,100}$)/,
  c: NATIVE,
  cpp: NATIVE,
  bash: /^@test "[^"]{1,200}" \{/,
};

/** Fewer say nothing about how a file is tested. */
const MIN_SNAPSHOT_TESTS = 3;

export const noLeftoverTest = defineRule({
  id: 'tdd/no-leftover-test',
  catalogue: 'TDD-20',
  group: 'smells',
  severity: 'low',
  upTo: 'medium',
  confidence: 0.8,
  needs: ['comments', 'tests', 'testSmells'],
  limits: { per: 'measure', good: 0, bad: 0.05, range: [0, 1] },
  effort: 'trivial',
  references: [
    'https://github.com/jest-community/eslint-plugin-jest/blob/main/docs/rules/no-commented-out-tests.md',
    'https://github.com/jest-community/eslint-plugin-jest/blob/main/docs/rules/no-identical-title.md',
    'https://docs.astral.sh/ruff/rules/redefined-while-unused/',
  ],
  options: z.object({}),

  title: { en: 'No test left behind in a comment or a copy', ja: 'コメントアウトや写しのテストを残さない' },
  why: {
    en: 'A test in a comment never runs, and a copied name hides another test or makes two indistinguishable.',
    ja: 'コメントの中のテストは実行されません。名前を写したテストは、別のテストを隠したり、区別できなくしたりします。',
  },
  fix: {
    en: 'Switch the test on or delete it, and give each test a name of its own.',
    ja: 'テストを有効に戻すか削除し、テストごとに固有の名前を付けてください。',
  },
  messages: {
    commented: { en: 'A test stands in a comment: “{text}”.', ja: 'テストがコメントアウトされています：「{text}」' },
    title: {
      en: 'Another test beside it is called “{name}” too.',
      ja: '同じ場所に「{name}」という名前のテストがもう1つあります。',
    },
    hidden: {
      en: 'This test takes the place of the earlier “{name}”, which never runs.',
      ja: '前にある同名のテスト「{name}」がこれに置き換えられ、実行されません。',
    },
    snapshots: {
      en: 'All {tests} tests of this file only compare with stored snapshots.',
      ja: 'このファイルのテスト{tests}件は、すべて保存済みスナップショットとの比較だけです。',
    },
  },
  edit: withoutCommentedTest,
  mends: ({ messageId }) => messageId === 'commented',
  examples: {
    bad: [
      {
        files: {
          'src/pay.test.ts':
            "test('pays', () => {\n  expect(pay(1)).toBe(1);\n});\n\n// test('refunds', () => {\n//   expect(refund(1)).toBe(1);\n// });\n",
        },
      },
      {
        files: {
          'tests/test_pay.py': 'def test_pay():\n    assert pay(1) == 1\n\n\ndef test_pay():\n    assert pay(2) == 2\n',
        },
      },
      {
        files: {
          'src/pay.test.ts':
            "describe('pay', () => {\n  test('pays', () => {\n    expect(pay(1)).toBe(1);\n  });\n  test('pays', () => {\n    expect(pay(2)).toBe(2);\n  });\n});\n",
        },
      },
      {
        files: {
          'src/page.test.tsx': ['a', 'b', 'c']
            .map((name) => `test('${name}', () => {\n  expect(render(${name})).toMatchSnapshot();\n});\n`)
            .join('\n'),
        },
      },
      {
        files: {
          'src/test/java/PayTest.java':
            'class PayTest {\n  @Test\n  void pays() { assertEquals(1, pay(1)); }\n\n  // @Test\n  // void refunds() { assertEquals(1, refund(1)); }\n}\n',
        },
      },
    ],
    good: [
      {
        files: {
          'src/pay.test.ts':
            "// The test below pays twice; see test('refunds') in refund.test.ts.\ndescribe('a', () => {\n  test('pays', () => { expect(pay(1)).toBe(1); });\n});\ndescribe('b', () => {\n  test('pays', () => { expect(pay(2)).toBe(2); });\n});\n",
        },
      },
      {
        files: {
          'tests/test_pay.py':
            'import sys\n\nif sys.platform == "win32":\n    def test_pay():\n        assert pay(1) == 1\nelse:\n    def test_pay():\n        assert pay(1) == 2\n\n\nclass TestRefund:\n    def test_pay(self):\n        assert refund(1) == 1\n',
        },
      },
      {
        files: {
          'src/page.test.tsx':
            "test('a', () => { expect(render(a)).toMatchSnapshot(); });\ntest('b', () => { expect(render(b)).toMatchSnapshot(); });\ntest('c', () => { expect(render(c).text).toBe('支払い'); });\n",
          'src/list.test.ts':
            "test.each([1])('adds %i', (n) => { expect(n).toBe(1); });\ntest.each([2])('adds %i', (n) => { expect(n).toBe(2); });\n",
        },
      },
      {
        files: {
          'src/test/java/PayTest.java':
            'class PayTest {\n  // Overloads share a name.\n  @ParameterizedTest\n  void pays(int a) { assertEquals(1, pay(a)); }\n  @ParameterizedTest\n  void pays(String a) { assertEquals(1, pay(a)); }\n}\n',
          'src/testing.ts': "// test('a way to write tests', () => {\nexport const helper = 1;\n",
        },
      },
    ],
  },

  *check({ comments, tests, testSmells }): CheckOutput {
    let leftovers = 0;
    for (const { path, role, line, endLine, text, kind } of comments) {
      if (role !== 'test' || kind === 'doc' || !isTestBeginning(path, text)) continue;
      leftovers += 1;
      yield { messageId: 'commented', data: { text: text.slice(0, 120) }, location: { path, line, endLine } };
    }
    for (const { path, line, form, text } of testSmells) {
      if (form !== 'duplicate-title') continue;
      leftovers += 1;
      // A Python definition replaces the one before.
      const isHidden = languageOfPath(path) === 'python';
      yield {
        messageId: isHidden ? 'hidden' : 'title',
        data: { name: text.slice(0, 120) },
        location: { path, line },
        severity: isHidden ? 'medium' : 'low',
      };
    }
    for (const [path, own] of byPath(tests)) {
      if (own.length < MIN_SNAPSHOT_TESTS || !own.every(isSnapshotOnly)) continue;
      leftovers += 1;
      yield { messageId: 'snapshots', data: { tests: own.length }, location: { path, line: 1 } };
    }
    return { value: leftovers / tests.length, population: tests.length };
  },
});

function isTestBeginning(path: string, text: string): boolean {
  // Headers of a framework show how to use it.
  if (/\.h(?:h|pp|xx)?$/.test(path)) return false;
  const language = languageOfPath(path) ?? (path.endsWith('.bats') ? 'bash' : null);
  return language !== null && BEGINNINGS[language]?.test(text) === true;
}

function byPath(tests: readonly TestFact[]): ReadonlyMap<string, TestFact[]> {
  const paths = new Map<string, TestFact[]>();
  for (const test of tests) {
    const own = paths.get(test.path);
    if (own) own.push(test);
    else paths.set(test.path, [test]);
  }
  return paths;
}

function isSnapshotOnly({ snapshotChecks, assertions, isSkipped }: TestFact): boolean {
  return !isSkipped && snapshotChecks > 0 && snapshotChecks === assertions;
}

const MAX_COMMENTED_LINES = 300;

/** From the head of the test to the line that closes it; none where no such line is in the same comment. */
function withoutCommentedTest({ line, endLine }: EditedFinding, file: EditedFile): readonly LineEdit[] {
  if (endLine > line) return commentRemoval(file, line, endLine);
  const head = file.lines[line - 1] ?? '';
  const mark = head.length - head.trimStart().length;
  for (let at = line + 1; at <= Math.min(file.lines.length, line + MAX_COMMENTED_LINES); at += 1) {
    const text = file.lines[at - 1] ?? '';
    if (!isLineComment(file.path, text) || text.length - text.trimStart().length !== mark) return [];
    if (/^(?:\}\)?;?|end)$/.test(commentText(text))) return commentRemoval(file, line, at);
  }
  return [];
}
