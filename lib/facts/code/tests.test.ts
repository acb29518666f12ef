import { describe, expect, test } from 'vitest';
import type { LanguageId } from '@/lib/magics/facts/code';
import { collectCode } from './collect-code';

async function read(text: string, language: LanguageId) {
  const facts = await collectCode(text, language);
  if ('skipped' in facts) throw new Error('not read');
  return facts;
}

describe('Jest, Vitest, Mocha', () => {
  test('assertions of all forms are counted', async () => {
    const { tests } = await read(
      `test('expect', () => { expect(a).toBe(1); });
it('chain', async () => { await request(app).get('/').expect(200); });
it('assert', () => { assert.equal(a, b); assert(c); });
it('helper', () => { verifyOrder(a); });
it('should', () => { a.should.equal(1); });
it('none', () => { doIt(); });
it.each([[1], [2]])('each %i', (n) => { expect(n).toBe(n); });
it('empty', () => {});
it('passed', sharedBehaviour);`,
      'typescript',
    );

    expect(tests.map(({ name, assertions, isEmpty, calls }) => [name, assertions, isEmpty, calls])).toEqual([
      ['expect', 1, false, ['toBe']],
      ['chain', 1, false, ['get', 'request']],
      ['assert', 2, false, []],
      ['helper', 1, false, []],
      ['should', 1, false, []],
      ['none', 0, false, ['doIt']],
      ['each %i', 1, false, ['toBe']],
      ['empty', 0, true, []],
      ['passed', 0, false, ['sharedBehaviour']],
    ]);
  });

  test('skipped and focused tests are marked, with the reason', async () => {
    const { tests } = await read(
      `it.skip('a', () => { expect(1); });
// waits for the new driver
xit('b', () => { expect(1); });
describe.skip('s', () => { it('c', () => { expect(1); }); });
it.only('d', () => { expect(1); });
fdescribe('f', () => { it('e', () => { expect(1); }); it('g', () => { expect(1); }); });
it.todo('h');
it('i', () => { expect(1); });`,
      'javascript',
    );

    expect(tests.map(({ name, isSkipped, skipReason, isFocused }) => [name, isSkipped, skipReason, isFocused])).toEqual(
      [
        ['a', true, null, false],
        ['b', true, 'waits for the new driver', false],
        ['c', true, null, false],
        ['d', false, null, true],
        ['e', false, null, true],
        ['g', false, null, false],
        ['h', true, 'todo', false],
        ['i', false, null, false],
      ],
    );
  });

  test('fixed sleeps are found, callbacks under test are not', async () => {
    const { tests } = await read(
      `it('a', async () => {
  await new Promise((resolve) => setTimeout(resolve, 500));
  await sleep(20);
  setTimeout(() => done(), 5);
  expect(1);
});`,
      'typescript',
    );

    expect(tests[0]?.sleepLines).toEqual([2, 3]);
  });

  test('other functions of the same name are no tests', async () => {
    const { tests, testFramework } = await read(
      'const ok = /a/.test(b); test(value); it(props); pattern.test("x");',
      'typescript',
    );

    expect({ tests, testFramework }).toEqual({ tests: [], testFramework: null });
  });

  test('the framework is the one imported', async () => {
    const { testFramework, tests } = await read(
      "import { test } from 'node:test';\ntest('a', (t) => { t.assert.ok(1); });",
      'typescript',
    );

    expect([testFramework, tests[0]?.framework, tests[0]?.assertions]).toEqual(['node:test', 'node:test', 1]);
  });
});

const CASES: [LanguageId, string, object[]][] = [
  [
    'python',
    `import pytest
def test_plain():
    assert a == b
def test_raises():
    with pytest.raises(ValueError):
        f()
def test_none():
    f()
@pytest.mark.skip(reason="flaky on CI")
def test_skipped():
    assert a
class TestA:
    def test_method(self):
        self.assertEqual(1, 2)
        time.sleep(1)
class Helper:
    def test_connection(self):
        return True
def test_mock(m):
    m.assert_called_once_with(1)
def test_empty():
    pass
`,
    [
      { name: 'test_plain', assertions: 1, framework: 'pytest' },
      { name: 'test_raises', assertions: 1 },
      { name: 'test_none', assertions: 0, calls: ['f'] },
      { name: 'test_skipped', isSkipped: true, skipReason: 'flaky on CI' },
      { name: 'TestA.test_method', assertions: 1, sleepLines: [15] },
      { name: 'test_mock', assertions: 1 },
      { name: 'test_empty', assertions: 0, isEmpty: true },
    ],
  ],
  [
    'go',
    `package p
import "testing"
func TestFatal(t *testing.T) { if a { t.Fatalf("x") } }
func TestNone(t *testing.T) { f() }
func TestHelper(t *testing.T) { compare(t, 1) }
func TestRequire(t *testing.T) { require.NoError(t, f()) }
func TestSkip(t *testing.T) { t.Skip("needs docker"); t.Fail() }
func TestMain(m *testing.M) { os.Exit(m.Run()) }
func BenchmarkX(b *testing.B) { f() }
func Testify(t *testing.T) { f() }
func TestSleep(t *testing.T) { time.Sleep(time.Second); t.Fail() }
func TestEmpty(t *testing.T) {}
`,
    [
      { name: 'TestFatal', assertions: 1 },
      { name: 'TestNone', assertions: 0 },
      { name: 'TestHelper', assertions: 2 },
      { name: 'TestRequire' },
      { name: 'TestSkip', isSkipped: true, skipReason: 'needs docker' },
      { name: 'TestSleep', sleepLines: [11] },
      { name: 'TestEmpty', isEmpty: true },
    ],
  ],
  [
    'java',
    `import org.junit.jupiter.api.Test;
class ATest {
  @Test void asserts() { assertThat(a).isEqualTo(b); }
  @Test void none() { f(); }
  @Test @Disabled("JIRA-1") void skipped() { assertTrue(a); }
  @Test(expected = IOException.class) public void throwing() { f(); }
  @Test void mocks() { verify(mock).call(); }
  @Test void sleeps() { Thread.sleep(100); assertTrue(a); }
  @ParameterizedTest void many(int a) { mvc.perform(get("/")).andExpect(ok()); }
  void helper() { assertTrue(a); }
}
class Old extends TestCase { public void testOld() { assertEquals(1, 2); } }`,
    [
      { name: 'ATest.asserts', assertions: 1, framework: 'junit5' },
      { name: 'ATest.none', assertions: 0 },
      { name: 'ATest.skipped', isSkipped: true, skipReason: 'JIRA-1' },
      { name: 'ATest.throwing', assertions: 1 },
      { name: 'ATest.mocks', assertions: 1 },
      { name: 'ATest.sleeps', sleepLines: [8] },
      { name: 'ATest.many', assertions: 1 },
      { name: 'Old.testOld', assertions: 1 },
    ],
  ],
  [
    'rust',
    `#[cfg(test)]
mod tests {
  #[test]
  fn asserts() { assert_eq!(1, 2); }
  #[test]
  fn none() { f(); }
  #[tokio::test]
  async fn result() -> Result<(), E> { f()?; Ok(()) }
  #[test]
  #[should_panic(expected = "x")]
  fn panics() { f(); }
  #[test]
  #[ignore = "slow"]
  fn ignored() { assert!(true); }
  fn helper() { assert!(a); }
}`,
    [
      { name: 'asserts', assertions: 1 },
      { name: 'none', assertions: 0 },
      { name: 'result', assertions: 1 },
      { name: 'panics', assertions: 1 },
      { name: 'ignored', isSkipped: true, skipReason: 'slow' },
    ],
  ],
  [
    'cpp',
    'TEST(A, B) { EXPECT_EQ(1, 2); }\nTEST_F(A, DISABLED_C) { f(); }\nTEST_CASE("d", "[x]") { REQUIRE(a); }',
    [
      { name: 'A.B', assertions: 1 },
      { name: 'A.DISABLED_C', isSkipped: true, assertions: 0 },
      { name: 'd', assertions: 1 },
    ],
  ],
  [
    'csharp',
    'using Xunit;\nclass A {\n[Fact] public void Asserts() { Assert.Equal(1, 2); }\n[Fact(Skip = "flaky")] public void Skipped() { Assert.True(a); }\n[Theory] public void Fluent(int a) { a.Should().Be(1); }\n[Fact] public async Task None() { await F(); }\n}',
    [
      { name: 'A.Asserts', assertions: 1, framework: 'xunit' },
      { isSkipped: true, skipReason: 'flaky' },
      { name: 'A.Fluent', assertions: 1 },
      { name: 'A.None', assertions: 0 },
    ],
  ],
  [
    'ruby',
    "describe A do\n  it 'asserts' do\n    expect(a).to eq(1)\n  end\n  xit 'skipped' do\n    expect(a).to eq(1)\n  end\n  it 'none' do\n    f\n  end\n  it 'pending'\nend\nclass BTest < Minitest::Test\n  def test_x\n    assert_equal 1, 2\n    sleep 1\n  end\nend\n",
    [
      { name: 'asserts', assertions: 1 },
      { name: 'skipped', isSkipped: true },
      { name: 'none', assertions: 0, isSkipped: false },
      { name: 'pending', isSkipped: true },
      { name: 'BTest.test_x', assertions: 1, sleepLines: [16] },
    ],
  ],
  [
    'php',
    "<?php\nclass ATest extends TestCase {\n  public function testA() { $this->assertSame(1, 2); }\n  public function testB() { $this->markTestSkipped('later'); }\n  public function testC() { f(); }\n  #[Test] public function named() { self::assertTrue(true); }\n}\nit('pest', function () { expect(1)->toBe(1); });",
    [
      { name: 'ATest.testA', assertions: 1 },
      { isSkipped: true, skipReason: 'later' },
      { name: 'ATest.testC', assertions: 0 },
      { name: 'ATest.named', assertions: 1 },
      { name: 'pest', assertions: 1 },
    ],
  ],
  [
    'kotlin',
    'class ATest {\n  @Test fun `asserts well`() { assertEquals(1, 2) }\n  @Test fun infix() { a shouldBe b }\n  @Test fun none() { f() }\n  @Test fun fails() {\n    assertFailsWith<IllegalStateException> {\n      f()\n    }\n  }\n  @Disabled("later") @Test fun skipped() { verify { m.call() } }\n}',
    [
      { name: 'ATest.asserts well', assertions: 1 },
      { name: 'ATest.infix', assertions: 1 },
      { name: 'ATest.none', assertions: 0 },
      { name: 'ATest.fails', assertions: 1 },
      { isSkipped: true, skipReason: 'later', assertions: 1 },
    ],
  ],
  [
    'bash',
    '@test "asserts" {\n  run f\n  [ "$status" -eq 0 ]\n}\n@test "none" {\n  run f\n}\n@test "skipped" {\n  skip "no network"\n  f\n}\n',
    [
      { name: 'asserts', assertions: 1 },
      { name: 'none', assertions: 0 },
      { name: 'skipped', isSkipped: true, skipReason: 'no network' },
    ],
  ],
];

test.each(CASES)('%s: tests and what they assert', async (language, source, expected) => {
  const { tests } = await read(source, language);

  expect(tests).toHaveLength(expected.length);
  expect(tests).toMatchObject(expected);
});

test('an AVA test names its shared test before what that is given', async () => {
  const { tests, assertionHelpers } = await read(
    "import test from 'ava';\nconst testCwd = (t, run) => { t.is(run(), 1); };\ntest('cwd', testCwd, execa);\n",
    'javascript',
  );

  expect(tests.map(({ calls }) => calls)).toEqual([['testCwd']]);
  expect(assertionHelpers).toEqual([{ name: 'testCwd', assertions: 1 }]);
});

test('helpers that assert are told by name', async () => {
  const { assertionHelpers } = await read(
    'function checkAll(a) { expect(a).toBe(1); expect(a).toBe(2); }\nconst other = () => { use(); };\nit("x", () => { expect(1); });',
    'javascript',
  );

  expect(assertionHelpers).toEqual([{ name: 'checkAll', assertions: 2 }]);
});

test('a value matched with a stored snapshot is asserted, in helpers as well', async () => {
  const code = [
    'def test_stack(aws, sfn_snapshot):',
    '    sfn_snapshot.match("stack", aws.describe())',
    '',
    'def record(aws, snapshot):',
    '    snapshot.match("all", aws.list())',
  ].join('\n');

  const { tests, assertionHelpers } = await read(code, 'python');

  expect(tests).toMatchObject([{ name: 'test_stack', assertions: 1 }]);
  expect(assertionHelpers).toEqual([{ name: 'record', assertions: 1 }]);
});

test('what only a test build of Rust compiles is known', async () => {
  const code =
    'fn pay() {}\n\n#[cfg(test)]\nmod tests {\n    fn helper() {}\n}\n\n#[cfg(unix)]\nmod unix {\n}\n#[cfg(test)]\nmod other;\n';

  expect((await read(code, 'rust')).testLines).toEqual([[4, 6]]);
});

test('a helper that is given the stored results compares with them', async () => {
  const code =
    'def test_run(aws, sfn_snapshot):\n    run(\n        aws,\n        sfn_snapshot=sfn_snapshot,\n    )\n\ndef test_no(aws, snapshot):\n    snapshot.add(1)\n    run(aws)\n';

  expect((await read(code, 'python')).tests.map(({ assertions }) => assertions)).toEqual([1, 0]);
});
