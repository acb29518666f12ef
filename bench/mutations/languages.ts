/** How a language writes what is planted. Bodies are lines without indentation. */
export interface Writing {
  language: string;
  production: string;
  test: string;
  /** A file of functions with bodies that do something. */
  file(functions: readonly string[], name: string): string;
  testFile(tests: readonly string[], name: string): string;
  fn(name: string, body: readonly string[]): string;
  testCase(name: string, body: readonly string[]): string;
  /** Bodies that compute: each is one way. `n` is the parameter. */
  bodies: readonly (readonly string[])[];
  assertions: readonly string[];
  call: string;
  plants: Partial<Record<PlantId, readonly (readonly string[])[]>>;
  /** Functions that only look like what is planted. */
  decoys?: readonly string[];
  /** Tests that verify in a way that is easily overlooked. */
  decoyTests?: readonly string[];
  /** What a test holds that holds nothing. */
  emptyBody?: readonly string[];
  focused?: (name: string, body: readonly string[]) => string;
  skipped?: (name: string, body: readonly string[]) => string;
}

export type PlantId =
  | 'stub'
  | 'fake-success'
  | 'swallowed-error'
  | 'debug-leftover'
  | 'secret'
  | 'marker'
  | 'commented-out-code'
  | 'suppression';

const block = (indent: string, body: readonly string[]) => body.map((line) => (line === '' ? '' : indent + line));
const braces = (head: string, indent: string, body: readonly string[], tail = '}') =>
  [`${head} {`, ...block(indent, body), tail].join('\n');

// Put together here so that scanners of this repository do not take it for a leak.
const TOKEN = ['ghp', 'q7Rk2VdX9mTz4LsW8nYb3HcJ6pFa1GeU5iQo'].join('_');

const ecma = (language: 'typescript' | 'javascript'): Writing => {
  const isTyped = language === 'typescript';
  const extension = isTyped ? 'ts' : 'js';
  const fn = (name: string, body: readonly string[]) =>
    braces(`export function ${name}(n${isTyped ? ': number' : ''})`, '  ', body);
  const testCase = (name: string, body: readonly string[]) => braces(`test('${name}', () =>`, '  ', body, '});');
  return {
    language,
    production: `src/NAME.${extension}`,
    test: `tests/NAME.test.${extension}`,
    file: (functions) => `${functions.join('\n\n')}\n`,
    testFile: (tests, name) =>
      `import { expect, test } from 'vitest';\nimport { total } from '../src/${name}';\n\n${tests.join('\n\n')}\n`,
    fn,
    testCase,
    bodies: [
      ['const doubled = n * 2;', 'return doubled + 7;'],
      ['let sum = 0;', 'for (let at = 1; at <= n; at += 1) sum += at;', 'return sum;'],
      ['if (n < 10) return n + 3;', 'return Math.round(n / 4);'],
    ],
    assertions: ['expect(result).toBe(8);', 'expect(result).toEqual(8);', 'expect(result).toBeGreaterThan(3);'],
    call: 'const result = total(4);',
    plants: {
      stub: [[], ["throw new Error('not implemented');"]],
      'swallowed-error': [
        ['try {', '  return JSON.parse(String(n)).rate;', '} catch {}', 'return 5 + n;'],
        ['try {', '  return JSON.parse(String(n)).rate;', '} catch (error) {', '}', 'return 5 + n;'],
      ],
      'debug-leftover': [
        ['debugger;', 'return n + 4;'],
        ["console.log('here', n);", 'return n + 4;'],
      ],
      secret: [[`const token = '${TOKEN}';`, 'return token.length + n;']],
      marker: [
        ['// TODO: round to yen', 'return n + 4;'],
        ['// FIXME rounding is off', 'return n + 4;'],
      ],
      'commented-out-code': [
        [
          '// const rate = n * 2;',
          '// if (rate > 10) {',
          '//   report(rate);',
          '//   return rate - 10;',
          '// }',
          '// save(rate);',
          'return n + 4;',
        ],
      ],
      suppression: [['// eslint-disable-next-line', 'return n + 4;']],
      'fake-success': [['return true;']],
    },
    emptyBody: [],
    focused: (name, body) => testCase(name, body).replace('test(', 'test.only('),
    decoys: [
      'export function noop() {}',
      '/** There is nothing to close in memory. */\nexport function close() {}',
      'export function load(path) {\n  try {\n    return read(path);\n  } catch {\n    // Without the file the defaults hold.\n  }\n  return 7;\n}',
      '// Shows the TODO list of the user, newest first.\nexport function listTodos(list) {\n  return list.slice().reverse();\n}',
      'export function check(card) {\n  if (card.number.length < 12) return false;\n  return true;\n}',
      '// Example: call it with the rate of the year.\n// Then add the fee.\n// Round last, as the bank does.\n// It never returns less than zero.\n// See the handbook for the rest.\nexport function explain(n) {\n  return n + 4;\n}',
    ],
    decoyTests: [
      "test('answers', async () => {\n  await request(app).get('/rates').expect(200);\n});",
      "function expectTotal(n, sum) {\n  expect(total(n)).toBe(sum);\n}\n\ntest('sums by helper', () => {\n  expectTotal(4, 8);\n});",
      "test('throws', () => {\n  expect(() => total(-1)).toThrow('negative');\n});",
      "test('resolves', () => expect(load()).resolves.toBe(3));",
      "test('by node', () => {\n  assert.strictEqual(total(4), 8);\n});",
    ],
    skipped: (name, body) => testCase(name, body).replace('test(', 'test.skip('),
  };
};

const python: Writing = {
  language: 'python',
  production: 'src/NAME.py',
  test: 'tests/test_NAME.py',
  file: (functions) => `${functions.join('\n\n\n')}\n`,
  testFile: (tests, name) => `from src.${name} import total\n\n\n${tests.join('\n\n\n')}\n`,
  fn: (name, body) => [`def ${name}(n):`, ...block('    ', body)].join('\n'),
  testCase: (name, body) => [`def test_${name.replaceAll(' ', '_')}():`, ...block('    ', body)].join('\n'),
  bodies: [
    ['doubled = n * 2', 'return doubled + 7'],
    ['if n < 10:', '    return n + 3', 'return round(n / 4)'],
    ['found = [at for at in range(n) if at % 3 == 0]', 'return len(found)'],
  ],
  assertions: ['assert result == 8', 'assert result > 3', 'assert result in (8, 9)'],
  call: 'result = total(4)',
  plants: {
    stub: [['pass'], ['raise NotImplementedError'], ['...']],
    'swallowed-error': [
      ['try:', '    return int(str(n)) + 4', 'except Exception:', '    pass', 'return 5 + n'],
      ['try:', '    return int(str(n)) + 4', 'except:', '    pass', 'return 5 + n'],
    ],
    'debug-leftover': [
      ['breakpoint()', 'return n + 4'],
      ['import pdb; pdb.set_trace()', 'return n + 4'],
    ],
    secret: [[`token = "${TOKEN}"`, 'return len(token) + n']],
    marker: [
      ['# TODO: round to yen', 'return n + 4'],
      ['# FIXME rounding is off', 'return n + 4'],
    ],
    'commented-out-code': [
      [
        '# rate = n * 2',
        '# if rate > 10:',
        '#     report(rate)',
        '#     return rate - 10',
        '# save(rate)',
        '# close(rate)',
        'return n + 4',
      ],
    ],
    suppression: [['return n + 4  # noqa'], ['return n + 4  # type: ignore']],
    'fake-success': [['return True']],
  },
  emptyBody: ['pass'],
  decoys: [
    'def noop(n):\n    pass',
    'def close(n):\n    """There is nothing to close in memory."""',
    'class Rates(ABC):\n    @abstractmethod\n    def compute(self, n):\n        raise NotImplementedError',
    'def load(path):\n    try:\n        return read(path)\n    except FileNotFoundError:\n        # Without the file the defaults hold.\n        pass\n    return 7',
    '@overload\ndef convert(n: int) -> str: ...',
    '# Shows the todo list of the user, newest first.\ndef list_todos(todos):\n    return sorted(todos)',
  ],
  decoyTests: [
    'def test_throws():\n    with pytest.raises(ValueError):\n        total(-1)',
    'def check_total(n, sum):\n    assert total(n) == sum\n\n\ndef test_by_helper():\n    check_total(4, 8)',
    'def test_calls(mocker):\n    bank = mocker.Mock()\n    total(4, bank)\n    bank.charge.assert_called_once_with(4)',
    'class TestRates(unittest.TestCase):\n    def test_sum(self):\n        self.assertEqual(total(4), 8)',
  ],
  skipped: (name, body) =>
    `@pytest.mark.skip\n${[`def test_${name.replaceAll(' ', '_')}():`, ...block('    ', body)].join('\n')}`,
};

const go: Writing = {
  emptyBody: [],
  decoys: [
    '// Close is there for the interface.\nfunc (r *Rates) Close() {}',
    'func load(path string) int {\n\tvalue, err := read(path)\n\tif err != nil {\n\t\treturn 7\n\t}\n\treturn value\n}',
    'func show(n int) {\n\tfmt.Fprintln(os.Stderr, n)\n}',
  ],
  decoyTests: [
    'func assertTotal(t *testing.T, n int) {\n\tt.Helper()\n\tif total(n) != 8 {\n\t\tt.Errorf("got %d", n)\n\t}\n}\n\nfunc TestByHelper(t *testing.T) {\n\tassertTotal(t, 4)\n}',
    'func TestTable(t *testing.T) {\n\tfor _, n := range []int{1, 2} {\n\t\tt.Run("n", func(t *testing.T) {\n\t\t\trequire.Equal(t, 8, total(n))\n\t\t})\n\t}\n}',
  ],
  language: 'go',
  production: 'rates/NAME.go',
  test: 'rates/NAME_test.go',
  file: (functions) => `package rates\n\n${functions.join('\n\n')}\n`,
  testFile: (tests) => `package rates\n\nimport "testing"\n\n${tests.join('\n\n')}\n`,
  fn: (name, body) => braces(`func ${name}(n int) int`, '\t', body),
  testCase: (name, body) =>
    braces(
      `func Test${name.replaceAll(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase())}(t *testing.T)`,
      '\t',
      body,
    ),
  bodies: [
    ['doubled := n * 2', 'return doubled + 7'],
    ['if n < 10 {', '\treturn n + 3', '}', 'return n / 4'],
    ['sum := 0', 'for at := 1; at <= n; at++ {', '\tsum += at', '}', 'return sum'],
  ],
  assertions: [
    'if result != 8 {\n\t\tt.Errorf("got %d", result)\n\t}',
    'if result < 3 {\n\t\tt.Fatal("too small")\n\t}',
  ],
  call: 'result := total(4)',
  plants: {
    stub: [['panic("not implemented")'], ['panic("TODO")']],
    'swallowed-error': [
      ['_ = json.Unmarshal(rates, &n)', 'return n + 4'],
      ['if err := load(n); err != nil {', '}', 'return n + 4'],
    ],
    'debug-leftover': [
      ['spew.Dump(n)', 'return n + 4'],
      ['println("here", n)', 'return n + 4'],
    ],
    secret: [[`token := "${TOKEN}"`, 'return len(token) + n']],
    marker: [
      ['// TODO: round to yen', 'return n + 4'],
      ['// FIXME rounding is off', 'return n + 4'],
    ],
    'commented-out-code': [
      [
        '// rate := n * 2',
        '// if rate > 10 {',
        '// \treport(rate)',
        '// \treturn rate - 10',
        '// }',
        '// save(rate)',
        'return n + 4',
      ],
    ],
    suppression: [['return n + 4 //nolint']],
  },
};

const java: Writing = {
  emptyBody: [],
  decoys: [
    '  int load(String path) {\n    try {\n      return read(path);\n    } catch (IOException e) {\n      // Without the file the defaults hold.\n    }\n    return 7;\n  }',
    '  int parse(String text) {\n    try {\n      return Integer.parseInt(text);\n    } catch (NumberFormatException ignored) {\n      return 7;\n    }\n  }',
    '  /** There is nothing to close in memory. */\n  void close() {}',
  ],
  decoyTests: [
    '  @Test\n  void fluent() {\n    assertThat(new Rates().total(4)).isEqualTo(8);\n  }',
    '  @Test(expected = IllegalArgumentException.class)\n  public void refuses() {\n    new Rates().total(-1);\n  }',
    '  @Test\n  void calls() {\n    new Rates(bank).total(4);\n    verify(bank).charge(4);\n  }',
    '  private void checkTotal(int n) {\n    assertEquals(8, new Rates().total(n));\n  }\n\n  @Test\n  void byHelper() {\n    checkTotal(4);\n  }',
  ],
  language: 'java',
  production: 'src/main/java/rates/NAME.java',
  test: 'src/test/java/rates/NAMETest.java',
  file: (functions, name) => `package rates;\n\nclass ${name} {\n${functions.join('\n\n')}\n}\n`,
  testFile: (tests, name) =>
    `package rates;\n\nimport static org.junit.jupiter.api.Assertions.*;\nimport org.junit.jupiter.api.Disabled;\nimport org.junit.jupiter.api.Test;\n\nclass ${name}Test {\n${tests.join('\n\n')}\n}\n`,
  fn: (name, body) => braces(`  int ${name}(int n)`, '    ', body, '  }'),
  testCase: (name, body) =>
    braces(
      `  @Test\n  void ${name.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase())}()`,
      '    ',
      body,
      '  }',
    ),
  bodies: [
    ['int doubled = n * 2;', 'return doubled + 7;'],
    ['if (n < 10) return n + 3;', 'return n / 4;'],
    ['int sum = 0;', 'for (int at = 1; at <= n; at++) sum += at;', 'return sum;'],
  ],
  assertions: ['assertEquals(8, result);', 'assertTrue(result > 3);'],
  call: 'int result = new Rates().total(4);',
  plants: {
    stub: [['throw new UnsupportedOperationException("not implemented");']],
    'swallowed-error': [
      ['try {', '  return Integer.parseInt("" + n);', '} catch (Exception e) {', '}', 'return 5 + n;'],
    ],
    'debug-leftover': [
      ['e.printStackTrace();', 'return n + 4;'],
      ['System.out.println("here" + n);', 'return n + 4;'],
    ],
    secret: [[`String token = "${TOKEN}";`, 'return token.length() + n;']],
    marker: [
      ['// TODO: round to yen', 'return n + 4;'],
      ['// FIXME rounding is off', 'return n + 4;'],
    ],
    'commented-out-code': [
      [
        '// int rate = n * 2;',
        '// if (rate > 10) {',
        '//   report(rate);',
        '//   return rate - 10;',
        '// }',
        '// save(rate);',
        'return n + 4;',
      ],
    ],
    suppression: [['@SuppressWarnings("all") int rate = n;', 'return rate + 4;']],
  },
  skipped: (name, body) =>
    braces(
      `  @Disabled\n  @Test\n  void ${name.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase())}()`,
      '    ',
      body,
      '  }',
    ),
};

const csharp: Writing = {
  ...java,
  decoys: [],
  decoyTests: [
    '  [Fact]\n  public void Fluent()\n  {\n    new Rates().Total(4).Should().Be(8);\n  }',
    '  [Fact]\n  public void Refuses()\n  {\n    Assert.Throws<ArgumentException>(() => new Rates().Total(-1));\n  }',
  ],
  language: 'csharp',
  production: 'src/Rates/NAME.cs',
  test: 'tests/Rates.Tests/NAMETests.cs',
  file: (functions, name) => `namespace Rates;\n\npublic class ${name}\n{\n${functions.join('\n\n')}\n}\n`,
  testFile: (tests, name) =>
    `using Xunit;\n\nnamespace Rates.Tests;\n\npublic class ${name}Tests\n{\n${tests.join('\n\n')}\n}\n`,
  fn: (name, body) => braces(`  public int ${name}(int n)`, '    ', body, '  }'),
  testCase: (name, body) =>
    braces(
      `  [Fact]\n  public void ${name.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase())}()`,
      '    ',
      body,
      '  }',
    ),
  assertions: ['Assert.Equal(8, result);', 'Assert.True(result > 3);'],
  call: 'var result = new Rates().Total(4);',
  plants: {
    ...java.plants,
    stub: [['throw new NotImplementedException();']],
    'swallowed-error': [['try {', '  return int.Parse("" + n);', '} catch (Exception) {', '}', 'return 5 + n;']],
    'debug-leftover': [['Debugger.Break();', 'return n + 4;']],
    secret: [[`var token = "${TOKEN}";`, 'return token.Length + n;']],
    suppression: [['#pragma warning disable', 'return n + 4;']],
  },
  skipped: (name, body) =>
    braces(
      `  [Fact(Skip = "")]\n  public void ${name.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase())}()`,
      '    ',
      body,
      '  }',
    ),
};

const kotlin: Writing = {
  ...java,
  decoys: [],
  decoyTests: [
    '  @Test\n  fun fluent() {\n    total(4) shouldBe 8\n  }',
    '  @Test\n  fun refuses() {\n    assertFailsWith<IllegalArgumentException> { total(-1) }\n  }',
  ],
  language: 'kotlin',
  production: 'src/main/kotlin/rates/NAME.kt',
  test: 'src/test/kotlin/rates/NAMETest.kt',
  file: (functions) => `package rates\n\n${functions.join('\n\n')}\n`,
  testFile: (tests, name) =>
    `package rates\n\nimport kotlin.test.Test\nimport kotlin.test.Ignore\nimport kotlin.test.assertEquals\nimport kotlin.test.assertTrue\n\nclass ${name}Test {\n${tests.join('\n\n')}\n}\n`,
  fn: (name, body) => braces(`fun ${name}(n: Int): Int`, '  ', body),
  testCase: (name, body) =>
    braces(
      `  @Test\n  fun ${name.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase())}()`,
      '    ',
      body,
      '  }',
    ),
  bodies: [
    ['val doubled = n * 2', 'return doubled + 7'],
    ['if (n < 10) return n + 3', 'return n / 4'],
  ],
  assertions: ['assertEquals(8, result)', 'assertTrue(result > 3)'],
  call: 'val result = total(4)',
  plants: {
    stub: [['TODO()'], ['TODO("later")'], ['throw NotImplementedError()']],
    'swallowed-error': [['try {', '  return "$n".toInt()', '} catch (e: Exception) {', '}', 'return 5 + n']],
    'debug-leftover': [['println("here $n")', 'return n + 4']],
    secret: [[`val token = "${TOKEN}"`, 'return token.length + n']],
    marker: [['// TODO: round to yen', 'return n + 4']],
    'commented-out-code': [
      [
        '// val rate = n * 2',
        '// if (rate > 10) {',
        '//   report(rate)',
        '//   return rate - 10',
        '// }',
        '// save(rate)',
        'return n + 4',
      ],
    ],
    suppression: [['@Suppress("ALL") val rate = n', 'return rate + 4']],
  },
  skipped: (name, body) =>
    braces(
      `  @Ignore\n  @Test\n  fun ${name.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase())}()`,
      '    ',
      body,
      '  }',
    ),
};

const rust: Writing = {
  ...go,
  decoys: ['/// There is nothing to close in memory.\npub fn close() {}'],
  decoyTests: ['#[test]\n#[should_panic]\nfn refuses() {\n    total(-1);\n}'],
  language: 'rust',
  production: 'src/NAME.rs',
  test: 'tests/NAME_test.rs',
  file: (functions) => `${functions.join('\n\n')}\n`,
  testFile: (tests, name) => `use rates::${name}::total;\n\n${tests.join('\n\n')}\n`,
  fn: (name, body) => braces(`pub fn ${name}(n: i64) -> i64`, '    ', body),
  testCase: (name, body) => braces(`#[test]\nfn ${name.replaceAll(' ', '_')}()`, '    ', body),
  bodies: [
    ['let doubled = n * 2;', 'doubled + 7'],
    ['if n < 10 {', '    return n + 3;', '}', 'n / 4'],
  ],
  assertions: ['assert_eq!(result, 8);', 'assert!(result > 3);'],
  call: 'let result = total(4);',
  plants: {
    stub: [['todo!()'], ['unimplemented!()']],
    'debug-leftover': [['dbg!(n);', 'n + 4']],
    secret: [[`let token = "${TOKEN}";`, 'token.len() as i64 + n']],
    marker: [['// TODO: round to yen', 'n + 4']],
    'commented-out-code': [
      [
        '// let rate = n * 2;',
        '// if rate > 10 {',
        '//     report(rate);',
        '//     return rate - 10;',
        '// }',
        '// save(rate);',
        'n + 4',
      ],
    ],
    suppression: [['#[allow(warnings)]', 'let rate = n;', 'rate + 4']],
  },
  skipped: (name, body) => `#[ignore]\n${braces(`#[test]\nfn ${name.replaceAll(' ', '_')}()`, '    ', body)}`,
};

const ruby: Writing = {
  ...python,
  decoys: ['# There is nothing to close in memory.\ndef close\nend'],
  decoyTests: [
    '  def test_refuses\n    assert_raises(ArgumentError) { total(-1) }\n  end',
    '  def test_spec_style\n    _(total(4)).must_equal 8\n  end',
  ],
  emptyBody: [],
  language: 'ruby',
  production: 'lib/NAME.rb',
  test: 'test/NAME_test.rb',
  file: (functions) => `${functions.join('\n\n')}\n`,
  testFile: (tests, name) =>
    `require 'minitest/autorun'\nrequire_relative '../lib/${name}'\n\nclass RatesTest < Minitest::Test\n${tests.join('\n\n')}\nend\n`,
  fn: (name, body) => [`def ${name}(n)`, ...block('  ', body), 'end'].join('\n'),
  testCase: (name, body) => [`  def test_${name.replaceAll(' ', '_')}`, ...block('    ', body), '  end'].join('\n'),
  bodies: [
    ['doubled = n * 2', 'doubled + 7'],
    ['return n + 3 if n < 10', 'n / 4'],
  ],
  assertions: ['assert_equal 8, result', 'assert result > 3'],
  call: 'result = total(4)',
  plants: {
    stub: [['raise NotImplementedError'], []],
    'swallowed-error': [
      ['begin', '  Integer(n.to_s)', 'rescue StandardError', 'end', '5 + n'],
      ['Integer(n.to_s) rescue nil'],
    ],
    'debug-leftover': [
      ['binding.pry', 'n + 4'],
      ['byebug', 'n + 4'],
    ],
    secret: [[`token = '${TOKEN}'`, 'token.length + n']],
    marker: [['# TODO: round to yen', 'n + 4']],
    'commented-out-code': [
      [
        '# rate = n * 2',
        '# if rate > 10',
        '#   report(rate)',
        '#   return rate - 10',
        '# end',
        '# save(rate)',
        'n + 4',
      ],
    ],
    suppression: [['n + 4 # rubocop:disable all']],
  },
  skipped: (name, body) =>
    [`  def test_${name.replaceAll(' ', '_')}`, '    skip', ...block('    ', body), '  end'].join('\n'),
};

const php: Writing = {
  ...java,
  decoys: [],
  decoyTests: [
    '  public function testRefuses(): void\n  {\n    $this->expectException(\\InvalidArgumentException::class);\n    (new Rates())->total(-1);\n  }',
  ],
  language: 'php',
  production: 'src/NAME.php',
  test: 'tests/NAMETest.php',
  file: (functions, name) => `<?php\n\nnamespace Rates;\n\nclass ${name}\n{\n${functions.join('\n\n')}\n}\n`,
  testFile: (tests, name) =>
    `<?php\n\nnamespace Rates\\Tests;\n\nuse PHPUnit\\Framework\\TestCase;\n\nclass ${name}Test extends TestCase\n{\n${tests.join('\n\n')}\n}\n`,
  fn: (name, body) => braces(`  public function ${name}(int $n): int`, '    ', body, '  }'),
  testCase: (name, body) =>
    braces(
      `  public function test${name.replaceAll(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase())}(): void`,
      '    ',
      body,
      '  }',
    ),
  bodies: [
    ['$doubled = $n * 2;', 'return $doubled + 7;'],
    ['if ($n < 10) {', '  return $n + 3;', '}', 'return intdiv($n, 4);'],
  ],
  assertions: ['$this->assertSame(8, $result);', 'self::assertTrue($result > 3);'],
  call: '$result = (new Rates())->total(4);',
  plants: {
    stub: [["throw new \\Exception('not implemented');"], ["throw new \\LogicException('Not implemented');"]],
    'swallowed-error': [['try {', '  return intdiv(8, $n);', '} catch (\\Exception $e) {', '}', 'return 5 + $n;']],
    'debug-leftover': [
      ['var_dump($n);', 'return $n + 4;'],
      ['dd($n);', 'return $n + 4;'],
    ],
    secret: [[`$token = '${TOKEN}';`, 'return strlen($token) + $n;']],
    marker: [['// TODO: round to yen', 'return $n + 4;']],
    'commented-out-code': [
      [
        '// $rate = $n * 2;',
        '// if ($rate > 10) {',
        '//   report($rate);',
        '//   return $rate - 10;',
        '// }',
        '// save($rate);',
        'return $n + 4;',
      ],
    ],
    suppression: [['/** @phpstan-ignore-next-line */', 'return $n + 4;']],
  },
  skipped: (name, body) =>
    braces(
      `  public function test${name.replaceAll(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase())}(): void`,
      '    ',
      ['$this->markTestSkipped();', ...body],
      '  }',
    ),
};

export const WRITINGS: readonly Writing[] = [
  ecma('typescript'),
  ecma('javascript'),
  python,
  go,
  java,
  csharp,
  kotlin,
  rust,
  ruby,
  php,
];
