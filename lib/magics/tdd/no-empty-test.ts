import * as z from 'zod';
import { defineRule } from '../define';

export const noEmptyTest = defineRule({
  id: 'tdd/no-empty-test',
  catalogue: 'TDD-10',
  group: 'verification',
  severity: 'high',
  needs: ['tests'],
  limits: { per: 'tests', good: 0, bad: 0.02, range: [0, 1] },
  effort: 'moderate',
  references: ['https://testsmells.org/pages/testsmells.html', 'https://rules.sonarsource.com/java/RSPEC-2187/'],
  tags: ['ISO27001 A.8.29'],
  options: z.object({}),

  title: { en: 'No empty test', ja: '空のテストを置かない' },
  why: {
    en: 'It is counted as passed and checks nothing, so the number of tests lies.',
    ja: '何も確かめずに成功と数えられるため、テストの数が偽りになります。',
  },
  fix: { en: 'Write the test, or delete it.', ja: 'テストを書くか、削除してください。' },
  messages: { empty: { en: 'The test “{name}” is empty.', ja: 'テスト「{name}」は空です。' } },
  examples: {
    bad: [
      { files: { 'src/pay.test.ts': "test('pays', () => {});\n" } },
      { files: { 'tests/test_pay.py': 'def test_pay():\n    pass\n' } },
      { files: { 'pay_test.go': 'package pay\n\nimport "testing"\n\nfunc TestPay(t *testing.T) {\n}\n' } },
      { files: { 'src/test/java/PayTest.java': 'class PayTest {\n  @Test\n  void pays() {\n    // later\n  }\n}\n' } },
    ],
    good: [
      { files: { 'src/pay.test.ts': "test('pays', () => {\n  expect(pay(1)).toBe(2);\n});\n" } },
      { files: { 'tests/test_pay.py': 'def test_支払い():\n    assert pay(1) == 2\n' } },
      {
        files: {
          'src/lib.rs':
            '#[cfg(test)]\nmod tests {\n    #[test]\n    fn pays() {\n        assert_eq!(super::pay(1), 2);\n    }\n}\n',
        },
      },
      {
        files: {
          'src/test/java/PayTest.java':
            'class PayTest {\n  @Test\n  void dummy() {\n    // Prevents the runner from complaining when all others are disabled.\n  }\n}\n',
          'tests/fail/attribute.rs': '#[tokio::test]\nfn is_not_async() {}\n',
          'tests/test_names.py':
            'from pytest import mark\n\n\n@mark.skip\nclass TestNames:\n    def test_one_name(self):\n        pass\n',
          'test/pay_test.cc': '#include <gtest/gtest.h>\n#if 0\nTEST_F(Pay, HasFoo) {\n}\n#endif\n',
        },
      },
      { files: { 'src/pay.test.js': "beforeEach(() => {});\ntest('pays', () => { expect(pay(1)).toBe(2); });\n" } },
    ],
  },

  *check({ tests }) {
    for (const { path, line, endLine, name, isEmpty, isSkipped } of tests) {
      if (!isEmpty || isSkipped || COMPILED_ONLY.test(path)) continue;
      yield { messageId: 'empty', data: { name: name.slice(0, 120) }, location: { path, line, endLine } };
    }
  },
});

/** Files that a test of a macro hands to the compiler: nobody runs what they hold. */
const COMPILED_ONLY = /(?:^|\/)(?:ui|fail|pass|compile[-_]?fail|trybuild)\/(?:[^/]{1,100}\/){0,5}[^/]{1,100}\.rs$/;
