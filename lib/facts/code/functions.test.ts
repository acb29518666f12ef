import { describe, expect, test } from 'vitest';
import type { LanguageId } from '@/lib/magics/facts/code';
import { collectCode } from './collect-code';

async function read(text: string, language: LanguageId) {
  const facts = await collectCode(text, language);
  if ('skipped' in facts) throw new Error('not read');
  return facts;
}

const BODIES: [LanguageId, string, Record<string, string>][] = [
  [
    'typescript',
    `declare function declared(): void;
    function over(a: string): void;
    function over(a: number): void;
    function over(a: unknown) { use(a); use(a); }
    abstract class A { abstract none(): void; empty() {} noted() { /* nothing to close */ } todo() { throw new Error('not implemented'); }
      constant() { return true; } delegate() { return other(1); } normal() { a(); b(); } }
    const arrow = () => null;
    const calls = () => other();`,
    {
      declared: 'none',
      over: 'normal',
      none: 'none',
      empty: 'empty',
      noted: 'documented-empty',
      todo: 'not-implemented',
      constant: 'constant',
      delegate: 'delegate',
      normal: 'normal',
      arrow: 'constant',
      calls: 'delegate',
    },
  ],
  [
    'python',
    `class A(ABC):
    @abstractmethod
    def abstract(self): pass
    def stub(self): ...
def empty():
    pass
def noted():
    """Does nothing by default."""
def reason():
    pass  # subclasses may
def todo():
    raise NotImplementedError
def constant():
    return None
def delegate(a):
    return other(a)
def normal():
    a()
    b()
`,
    {
      abstract: 'none',
      stub: 'none',
      empty: 'empty',
      noted: 'documented-empty',
      reason: 'documented-empty',
      todo: 'not-implemented',
      constant: 'constant',
      delegate: 'delegate',
      normal: 'normal',
    },
  ],
  [
    'go',
    `package p
type I interface { Declared() }
func Empty() {}
func Noted() { // nothing to do
}
func Todo() { panic("not implemented") }
func Constant() bool { return true }
func Delegate() { other() }
func Normal() { a(); b() }
`,
    {
      Declared: 'none',
      Empty: 'empty',
      Noted: 'documented-empty',
      Todo: 'not-implemented',
      Constant: 'constant',
      Delegate: 'delegate',
      Normal: 'normal',
    },
  ],
  [
    'java',
    `interface I { void declared(); default void hook() {} }
abstract class A { abstract void none(); void empty() {} void noted() { /* on purpose */ }
  void todo() { throw new UnsupportedOperationException("Not implemented yet"); }
  void immutable() { throw new UnsupportedOperationException(); }
  boolean constant() { return false; } int delegate() { return other(1); } }`,
    {
      declared: 'none',
      hook: 'none',
      none: 'none',
      empty: 'empty',
      noted: 'documented-empty',
      todo: 'not-implemented',
      immutable: 'normal',
      constant: 'constant',
      delegate: 'delegate',
    },
  ],
  [
    'rust',
    `trait T { fn declared(&self); fn hook(&self) {} }
fn empty() {}
fn todo() { todo!() }
fn unimplemented() { unimplemented!(); }
fn constant() -> bool { true }
fn ok() -> Result<(), E> { Ok(()) }
fn delegate() -> u8 { other(1) }
fn normal() { a(); b(); }`,
    {
      declared: 'none',
      hook: 'none',
      empty: 'empty',
      todo: 'not-implemented',
      unimplemented: 'not-implemented',
      constant: 'constant',
      ok: 'constant',
      delegate: 'delegate',
      normal: 'normal',
    },
  ],
  [
    'c',
    'void declared(void);\nvoid empty(void) {}\nint constant(void) { return 1; }\nint delegate(int a) { return other(a); }',
    { empty: 'empty', constant: 'constant', delegate: 'delegate' },
  ],
  [
    'cpp',
    'class B { B() : x(1) {} ~B() = default; virtual void pure() = 0; void empty() {} bool constant() { return true; } };',
    { B: 'none', '~B': 'none', empty: 'empty', constant: 'constant' },
  ],
  [
    'csharp',
    `abstract class A { abstract void None(); virtual void Hook() {} void Empty() {} void Todo() => throw new NotImplementedException();
  void Todo2() { throw new NotImplementedException(); } bool Constant() => true; int Delegate() { return Other(1); } }`,
    {
      None: 'none',
      Hook: 'none',
      Empty: 'empty',
      Todo: 'not-implemented',
      Todo2: 'not-implemented',
      Constant: 'constant',
      Delegate: 'delegate',
    },
  ],
  [
    'ruby',
    'class A\n  def abstract; raise NotImplementedError; end\n  def empty; end\n  def constant\n    true\n  end\n  def normal\n    a\n    b\n  end\nend\ndef todo\n  raise NotImplementedError\nend\n',
    { abstract: 'none', empty: 'empty', constant: 'constant', normal: 'normal', todo: 'not-implemented' },
  ],
  [
    'php',
    `<?php abstract class A { abstract function none(); function empty() {} function todo() { throw new NotImplementedException(); }
  function constant() { return true; } function delegate() { return other(1); } function __construct() {} }`,
    {
      none: 'none',
      empty: 'empty',
      todo: 'not-implemented',
      constant: 'constant',
      delegate: 'delegate',
      __construct: 'none',
    },
  ],
  [
    'kotlin',
    'abstract class A { abstract fun none(): Int\n fun empty() {}\n fun todo(): Int = TODO()\n fun todo2() { TODO("later") }\n fun constant() = true\n open fun hook() {} }',
    {
      none: 'none',
      empty: 'empty',
      todo: 'not-implemented',
      todo2: 'not-implemented',
      constant: 'constant',
      hook: 'none',
    },
  ],
  ['kotlin', 'interface I { fun declared()\n fun shared() {} }', { declared: 'none', shared: 'none' }],
  ['bash', 'empty() { :; }\nnormal() { a; b; }\n', { empty: 'empty', normal: 'normal' }],
];

test.each(BODIES)('%s: bodies are told apart', async (language, source, expected) => {
  const { functions } = await read(source, language);

  expect(Object.fromEntries(functions.map(({ name, body }) => [name, body]))).toEqual(expected);
});

describe('parameters', () => {
  const UNUSED: [LanguageId, string, number, number][] = [
    ['typescript', 'function f(used: A, unused: B, _ignored: C, { a }: D) { g(used); }', 4, 1],
    ['typescript', 'class A { constructor(private readonly store: S, other: O) {} }', 2, 1],
    ['python', 'class A:\n  def f(self, used, unused=1, *args, **kwargs):\n    return f"{used}"\n', 4, 3],
    ['go', 'package p\nfunc (s *S) F(used, unused int, _ string) { g(used) }', 3, 1],
    ['java', 'class A { void f(int used, String... unused) { g(used); } }', 2, 1],
    ['rust', 'impl A { fn f(&self, used: u8, unused: u8, _x: u8) { println!("{used}"); } }', 3, 1],
    ['c', 'int f(int used, const char *unused) { return used; }', 2, 1],
    ['csharp', 'class A { void F(int used, params string[] rest) { G(used); } }', 2, 1],
    ['ruby', 'def f(used, unused)\n  g(used)\nend\n', 2, 1],
    ['php', '<?php function f($used, $unused) { g($used); }', 2, 1],
    ['kotlin', 'fun f(used: Int, unused: String) { g(used) }', 2, 1],
  ];

  test.each(UNUSED)('%s: %s', async (language, source, parameters, unusedParameters) => {
    const { functions } = await read(source, language);

    expect(functions[0]).toMatchObject({ parameters, unusedParameters });
  });

  test('a declaration has none unused', async () => {
    const { functions } = await read('interface A { f(a: string): void }', 'typescript');

    expect(functions).toMatchObject([{ parameters: 1, unusedParameters: 0, body: 'none' }]);
  });
});

test('exported, overriding and documented functions are marked', async () => {
  const { functions } = await read(
    `/** Says what. */
export function open() { a(); b(); }
function closed() { a(); b(); }
export class A { override shown() { a(); b(); } private hidden() { a(); b(); } }`,
    'typescript',
  );

  expect(
    functions.map(({ name, isExported, isOverride, isDocumented }) => [name, isExported, isOverride, isDocumented]),
  ).toEqual([
    ['open', true, false, true],
    ['closed', false, false, false],
    ['shown', true, true, false],
    ['hidden', false, false, false],
  ]);
});

test('a comment above the first method of a body documents it', async () => {
  const { functions } = await read('class A\n  # Says what.\n  def a; 1; end\n\n  def b; 1; end\nend\n', 'ruby');

  expect(functions.map(({ isDocumented }) => isDocumented)).toEqual([true, false]);
});

describe('what other packages can call', () => {
  const EXPORTED: [LanguageId, string, string[]][] = [
    ['java', 'public class A { public void a() {} void b() {} }\nclass B { public void c() {} }', ['a']],
    ['java', 'public interface A { void a(); class B { public void b() {} } }', ['a', 'b']],
    [
      'kotlin',
      'fun a() { fun b() {} }\n\nclass B {\n  private fun d() {}\n  fun e() {}\n}\n\ninternal class A {\n  fun c() {}\n}\n',
      ['a', 'e'],
    ],
    ['csharp', 'public class A { public void B() {} void C() {} }\nclass D { public void E() {} }', ['B']],
    ['rust', 'pub fn a() {}\npub(crate) fn b() {}\nfn c() {}', ['a']],
    [
      'ruby',
      'class A\n  def a; 1; end\n  private def b; 1; end\n  private\n  def c; 1; end\n  def self.d; 1; end\nend\n',
      ['a', 'd'],
    ],
  ];

  test.each(EXPORTED)('%s: %s', async (language, source, names) => {
    const { functions } = await read(source, language);

    expect(functions.filter(({ isExported }) => isExported).map(({ name }) => name)).toEqual(names);
  });
});

test('the largest class is measured by its methods', async () => {
  const { maxClassMethods } = await read(
    'class A { a() {} b() {} get c() { return 1; } }\nclass B { a() {} }',
    'javascript',
  );

  expect(maxClassMethods).toBe(2);
});

test('overloads of one method count once', async () => {
  const { maxClassMethods } = await read(
    'class A { a(x: string): void; a(x: number): void; a(x: unknown): void {} b(): void {} }\nabstract class B { abstract c(): void; }',
    'typescript',
  );

  expect(maxClassMethods).toBe(2);
});

test('lines are code, comment or blank', async () => {
  const { codeLines, commentLines, blankLines } = await read(
    '// one\n\nconst a = 1; // two\n/* three\n\nfour */\nconst b = `x\n\ny`;\n',
    'typescript',
  );

  expect({ codeLines, commentLines, blankLines }).toEqual({ codeLines: 4, commentLines: 4, blankLines: 1 });
});

test('a doc string counts as comment', async () => {
  const { codeLines, commentLines } = await read('def f():\n  """One.\n\n  Two.\n  """\n  return a()\n', 'python');

  expect({ codeLines, commentLines }).toEqual({ codeLines: 2, commentLines: 4 });
});

test('comments lose their marks and know their kind', async () => {
  const { comments } = await read('/**\n * Doc\n *  text\n */\n// TODO: pay\n/* block */\n', 'typescript');

  expect(comments).toEqual([
    { line: 1, endLine: 4, text: 'Doc text', kind: 'doc' },
    { line: 5, endLine: 5, text: 'TODO: pay', kind: 'line' },
    { line: 6, endLine: 6, text: 'block', kind: 'block' },
  ]);
});
