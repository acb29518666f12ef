import { describe, expect, test } from 'vitest';
import type { LanguageId } from '@/lib/magics/facts/code';
import { collectCode } from './collect-code';

async function read(text: string, language: LanguageId) {
  const facts = await collectCode(text, language);
  if ('skipped' in facts) throw new Error('not read');
  return facts;
}

describe('swallowed errors', () => {
  const CASES: [LanguageId, string, object[]][] = [
    [
      'typescript',
      'try { a(); } catch {}\ntry { a(); } catch (e) { log(e); }',
      [{ line: 1, form: 'empty-catch', isBroad: true, hasReason: false }],
    ],
    [
      'javascript',
      'try { a(); } catch (e) {\n  // the cache may be cold\n}',
      [{ line: 1, form: 'empty-catch', hasReason: true }],
    ],
    [
      'javascript',
      'a().catch(() => {});\na().catch((e) => log(e));\na().catch(() => null);',
      [{ line: 1, form: 'empty-promise-catch', isBroad: true }],
    ],
    [
      'python',
      'try:\n  import a\nexcept ImportError:\n  pass\ntry:\n  a()\nexcept:\n  pass\ntry:\n  a()\nexcept Exception as e:\n  pass  # best effort\ntry:\n  a()\nexcept OSError:\n  log()\n',
      [
        { line: 3, form: 'pass', isBroad: false },
        { line: 7, form: 'pass', isBroad: true, hasReason: false },
        { line: 11, form: 'pass', isBroad: true, hasReason: true },
      ],
    ],
    [
      'go',
      'package p\nfunc f() {\n  if err != nil {\n  }\n  if err := a(); err != nil { return err }\n}',
      [{ line: 3, form: 'pass', isBroad: true }],
    ],
    [
      'java',
      'class A { void f() { try { a(); } catch (IOException e) {}\n try { a(); } catch (IOException | Exception e) { } } }',
      [{ isBroad: false }, { line: 2, isBroad: true }],
    ],
    [
      'rust',
      'fn f() { match a() { Ok(v) => g(v), Err(_) => {} }\n let _ = b();\n match c() { Ok(v) => g(v), Err(e) => log(e) } }',
      [{ line: 1, form: 'empty-catch' }],
    ],
    [
      'cpp',
      'void f() { try { a(); } catch (...) {}\n try { a(); } catch (const E& e) { log(e); } }',
      [{ line: 1, isBroad: true }],
    ],
    [
      'csharp',
      'class A { void F() { try { A(); } catch { }\n try { A(); } catch (IOException) { } } }',
      [{ isBroad: true }, { line: 2, isBroad: false }],
    ],
    [
      'ruby',
      'begin\n  a\nrescue StandardError => e\nend\nb rescue nil\nbegin\n  a\nrescue IOError => e\n  log e\nend\n',
      [
        { line: 3, form: 'empty-catch', isBroad: true },
        { line: 5, form: 'ignored-result' },
      ],
    ],
    [
      'php',
      '<?php try { a(); } catch (\\Exception $e) {}\ntry { a(); } catch (IOException $e) { log($e); }',
      [{ line: 1, isBroad: true }],
    ],
    [
      'kotlin',
      'fun f() { try { a() } catch (e: Exception) { }\n try { a() } catch (e: IOException) { log(e) } }',
      [{ line: 1, isBroad: true }],
    ],
  ];

  test.each(CASES)('%s: %s', async (language, source, expected) => {
    const { swallowedErrors } = await read(source, language);

    expect(swallowedErrors).toMatchObject(expected);
  });
});

describe('logic flaws', () => {
  const CASES: [LanguageId, string, string[]][] = [
    [
      'typescript',
      'if (a.b === a.b || c && c) {}\nif (a !== a) {}\nif (f() === f()) {}\nconst x = 1 - 1;',
      ['identical-operands', 'identical-operands'],
    ],
    ['typescript', 'function f() { return 1; g(); }\nfunction h() { return g(); function g() {} }', ['unreachable']],
    ['javascript', 'for (;;) { break; }\nswitch (a) { case 1: break; case 2: return; default: b(); }', []],
    ['python', 'def f():\n  raise E\n  g()\ndef h():\n  return\n  yield\n', ['unreachable']],
    ['python', 'if a == a and x != x:\n  pass\n', ['identical-operands']],
    [
      'go',
      'package p\nfunc f() { if a == a {}; if f64 != f64 {}; return; g() }',
      ['identical-operands', 'unreachable'],
    ],
    ['go', 'package p\nfunc f() { if <-c == <-c {} }', []],
    ['java', 'class A { void f() { if (a < a) {} throw new E(); } }', ['identical-operands']],
    ['java', 'class A { boolean isNaN(double d) { return !(d == d); } }', []],
    ['rust', 'fn f() { if a && a { return; g(); } }', ['identical-operands', 'unreachable']],
    ['c', 'void f(void) { goto out; a(); out: b(); }', ['unreachable']],
    ['c', 'int f(void) { return 1;\n#ifdef X\n  a();\n#endif\n}', []],
    ['c', 'double nan(double x) { return (x - x) / (x - x); }', []],
    ['csharp', 'class A { void F() { return; void G() {} } }', []],
    ['php', '<?php if ($a == $a) {} throw new E(); b();', ['identical-operands', 'unreachable']],
    ['ruby', 'def f\n  return 1 if a\n  b\nend\n', []],
    ['kotlin', 'fun f() { if (a || a) {}\n return\n }', ['identical-operands']],
    ['csharp', 'class A { void F() { if (a) {} else if (b) {} else if (a) {} } }', ['repeated-condition']],
    ['php', '<?php if ($a) {} elseif ($b) {} elseif ($a && $c) {}', ['repeated-condition']],
    ['bash', 'if [[ $a == b ]]; then x; elif [[ $a == b ]]; then y; fi', ['repeated-condition']],
    ['rust', 'fn f() { if a == 1 {} else if let Some(b) = c.next() {} else if a == 1 {} }', []],
    ['cpp', "void f() { if (c == 'a' || 'b') { g(); } if (0) { case 1: h(); } }", ['constant-condition']],
    ['kotlin', 'fun f() {\n if (x == Double.NaN) { g() }\n while (true) { g() }\n}', ['constant-condition']],
    ['bash', 'while true; do a; done', []],
    ['ruby', 'def f\n until false\n a\n end\nend\n', []],
    ['c', 'void f(int n) { int i = 0; while (i < n) { g(); } }', ['endless-loop']],
    ['c', 'void f(int n) { int i = 0; set(&i); while (i < n) { g(); } }', []],
    ['csharp', 'class A { void F() { for (int i = 0; i < 9; i--) { G(i); } } }', ['endless-loop']],
    ['rust', 'fn f() { loop { g()?; } h(); }', []],
    ['kotlin', 'class A { fun f(x: Int) {\n x = x\n } }', ['self-assignment']],
    ['ruby', 'case a\nwhen 1 then b\nwhen 2, 1 then c\nend\n', ['duplicate-case']],
    ['php', '<?php $a = match($x) { 1 => 2, 1 => 3 };', ['duplicate-case']],
    ['kotlin', 'fun f(x: Int) = when (x) { 1 -> 2\n 1 -> 3\n else -> 4 }', ['duplicate-case']],
    ['rust', 'fn f(x: u8) -> u8 { match x { 1 => 2, 1 | 3 => 4, _ => 5 } }', ['duplicate-case']],
    ['c', 'struct s z = {.a = 1, .b = 2, .a = 3};', ['duplicate-key']],
    ['python', 'match x:\n  case 1: pass\n  case 1 if y: pass\n  case 1: pass\n', ['duplicate-case']],
    ['csharp', 'class A { string F(string s) { s.Trim(); return s; } }', ['unused-result']],
    ['kotlin', 'fun f(name: String): String {\n name.trim()\n return name\n}', ['unused-result']],
    ['rust', 'fn f(name: &str) { name.to_uppercase(); g(); }', ['unused-result']],
    ['php', '<?php function f($a) { return $a == 0 || $a == "x"; }', ['loose-equality']],
    ['tsx', 'const a = b == 1 ? <i /> : null;', ['loose-equality']],
  ];

  test.each(CASES)('%s: %s', async (language, source, forms) => {
    const { logicFlaws } = await read(source, language);

    expect(logicFlaws.map(({ form }) => form)).toEqual(forms);
  });
});

describe('suppressions', () => {
  const CASES: [LanguageId, string, object[]][] = [
    [
      'typescript',
      '// eslint-disable-next-line no-eval, no-console -- the sandbox needs it\n/* eslint-disable */\n// @ts-ignore\n// @ts-expect-error the types are wrong upstream\n// biome-ignore lint/suspicious/noExplicitAny: vendor type',
      [
        { tool: 'eslint', checks: ['no-eval', 'no-console'], hasReason: true },
        { tool: 'eslint', checks: [], hasReason: false },
        { tool: 'typescript', checks: [], hasReason: false },
        { tool: 'typescript', hasReason: true },
        { tool: 'biome', checks: ['lint/suspicious/noExplicitAny'], hasReason: true },
      ],
    ],
    [
      'python',
      'a = 1  # noqa\nb = 2  # noqa: E501,F401\nc = 3  # type: ignore[attr-defined]  # noqa: E1\nd = 4  # nosec B602\n# a note about noqa\n',
      [
        { line: 1, tool: 'ruff', checks: [] },
        { line: 2, tool: 'ruff', checks: ['E501', 'F401'] },
        { line: 3, tool: 'mypy', checks: ['attr-defined'] },
        { line: 3, tool: 'ruff', checks: ['E1'] },
        { line: 4, tool: 'bandit', checks: ['B602'] },
      ],
    ],
    [
      'go',
      'package p\nvar a = 1 //nolint\nvar b = 2 //nolint:errcheck,gosec // closed elsewhere',
      [
        { tool: 'golangci-lint', checks: [] },
        { tool: 'golangci-lint', checks: ['errcheck', 'gosec'], hasReason: true },
      ],
    ],
    [
      'java',
      '@SuppressWarnings({"unchecked", "rawtypes"}) class A {}',
      [{ tool: 'java', checks: ['unchecked', 'rawtypes'] }],
    ],
    ['rust', '#[allow(dead_code, unused)]\nfn f() {}', [{ tool: 'rustc', checks: ['dead_code', 'unused'] }]],
    [
      'ruby',
      '# rubocop:disable Metrics/MethodLength\ndef f; end',
      [{ tool: 'rubocop', checks: ['Metrics/MethodLength'] }],
    ],
    ['php', '<?php // @phpstan-ignore-next-line\nf();', [{ tool: 'phpstan' }]],
    ['kotlin', '@Suppress("UNCHECKED_CAST")\nfun f() {}', [{ tool: 'kotlin', checks: ['UNCHECKED_CAST'] }]],
    ['bash', '# shellcheck disable=SC2086\nf', [{ tool: 'shellcheck', checks: ['SC2086'] }]],
  ];

  test.each(CASES)('%s: %s', async (language, source, expected) => {
    const { suppressions } = await read(source, language);

    expect(suppressions).toMatchObject(expected);
  });
});

describe('calls', () => {
  const DANGEROUS: [LanguageId, string, string[]][] = [
    [
      'javascript',
      'eval(a); eval("1"); f = new Function("a", b); new Function("return 1"); child_process.exec("ls " + a); execFile(a); exec("ls");',
      ['eval', 'eval', 'shell'],
    ],
    [
      'python',
      'os.system(a)\nos.system("ls")\nsubprocess.run(a, shell=True)\nsubprocess.run([a])\neval(a)\nmodel.eval()\n',
      ['shell', 'shell', 'eval'],
    ],
    [
      'go',
      'package p\nfunc f() { exec.Command("sh", "-c", a); exec.Command("ls", a); exec.Command("sh", "-c", "ls") }',
      ['shell'],
    ],
    ['java', 'class A { void f() { Runtime.getRuntime().exec(a); Runtime.getRuntime().exec("ls"); } }', ['shell']],
    [
      'java',
      'class A { void f() { new ProcessBuilder("sh", "-c", a); new ProcessBuilder(List.of("/bin/bash", "-c", "ls " + a)); new ProcessBuilder("ls", a); new ProcessBuilder("sh", "-c", "ls"); new ProcessBuilder(a); Runtime.getRuntime().exec(new String[] { "sh", "-c", a }); } }',
      ['shell', 'shell', 'shell'],
    ],
    [
      'rust',
      'fn f() { Command::new("sh").arg("-c").arg(a).spawn(); std::process::Command::new("/bin/bash").env("A", "b").args(&["-c", a]); Command::new("sh").arg("-c").arg("ls"); Command::new("ls").arg(a); Command::new("sh").args(["-c", "ls"]); }',
      ['shell', 'shell'],
    ],
    ['c', 'void f(char *a) { system(a); system("ls"); }', ['shell']],
    ['ruby', 'system("ls #{a}")\nsystem("ls", a)\neval(a)\n', ['shell', 'eval']],
    ['php', '<?php eval($a); shell_exec("ls $a"); exec("ls");', ['eval', 'shell']],
    ['bash', 'eval "$a"\nbash -c "$a"\neval "$(ssh-agent)"\n', ['eval', 'shell']],
  ];

  test.each(DANGEROUS)('%s: dangerous only with what is not a literal: %s', async (language, source, forms) => {
    const { dangerousCalls } = await read(source, language);

    expect(dangerousCalls.map(({ form }) => form)).toEqual(forms);
  });

  const DEBUG: [LanguageId, string, string[]][] = [
    ['typescript', 'console.log(a); debugger; console.error(b);', ['console.log', 'debugger']],
    ['python', 'breakpoint()\nprint(a)\nlogger.print(a)\n', ['breakpoint', 'print']],
    ['rust', 'fn f() { dbg!(a); println!("x"); }', ['dbg!', 'println!']],
    ['ruby', 'binding.pry\nputs a\n', ['binding.pry', 'puts']],
    ['php', '<?php var_dump($a); dd($a);', ['var_dump', 'dd']],
  ];

  test.each(DEBUG)('%s: left-over debugging: %s', async (language, source, callees) => {
    const { debugCalls } = await read(source, language);

    expect(debugCalls.map(({ callee }) => callee)).toEqual(callees);
  });
});

test.each<[LanguageId, string, string[]]>([
  [
    'typescript',
    "import a from './a'; import type { B } from 'b'; export * from './c'; const d = require('d'); import('./e');",
    ['./a', 'b', './c', 'd', './e'],
  ],
  ['python', 'import a.b, c as d\nfrom .e import f\nfrom . import g, h\n', ['a.b', 'c', '.e', '.e.f', '.g', '.h']],
  ['go', 'package p\nimport ("fmt"; x "a/b")', ['fmt', 'a/b']],
  ['java', 'package a.b; import c.D; import static e.F.g; import h.*;', ['c.D', 'e.F.g', 'h.*']],
  ['rust', 'use a::b; use crate::{c, d}; mod e; mod f { }', ['a::b', 'crate::', 'mod e']],
  ['cpp', '#include <a.h>\n#include "b.h"\n', ['<a.h>', 'b.h']],
  ['csharp', 'using A.B; using C = D.E;', ['A.B', 'D.E']],
  ['ruby', "require 'a'\nrequire_relative 'b'\n", ['a', './b']],
  ['php', "<?php use A\\B; require_once 'c.php';", ['A\\B', 'c.php']],
  ['kotlin', 'import a.b.C\nimport d.*\n', ['a.b.C', 'd.*']],
  ['bash', 'source ./a.sh\n. "b.sh"\n. "$HOME/c.sh"\n', ['./a.sh', 'b.sh']],
])('%s: imports', async (language, source, specifiers) => {
  const { imports } = await read(source, language);

  expect(imports.map(({ specifier }) => specifier)).toEqual(specifiers);
});

describe('parse errors', () => {
  test.each<[LanguageId, string]>([
    ['typescript', 'export function f( {\n  return 1\n}\n'],
    ['python', 'def f(:\n  return 1\n'],
    ['go', 'package p\nfunc f( {\n}\n'],
    ['java', 'class A { void f( { } }'],
    ['rust', 'fn f( { }\n'],
  ])('%s: broken code is reported', async (language, source) => {
    const { parseErrors } = await read(source, language);

    expect(parseErrors).toHaveLength(1);
  });

  test.each<[LanguageId, string]>([
    ['typescript', "let a: import('b').C[];\ninterface D { in?: string }"],
    ['rust', 'fn f() { bail!(r#"Invalid: "{s}""#); }'],
    ['c', 'FOO(bar) BAZ struct x { int a QUX; };'],
    ['python', 'print "old"\n'],
  ])('%s: what only the grammar does not know is not', async (language, source) => {
    const { parseErrors } = await read(source, language);

    expect(parseErrors).toEqual([]);
  });
});

describe('fingerprints and the hash of code', () => {
  const block = Array.from(
    { length: 30 },
    (_, index) => `  const value${index} = compute(${index}, other.field[${index}] + 1);`,
  ).join('\n');

  test('renamed copies share fingerprints', async () => {
    const first = await read(`function f() {\n${block}\n}`, 'typescript');
    const second = await read(
      `// moved\nconst x = 1;\nfunction g() {\n${block.replaceAll('value', 'copy').replaceAll('compute', 'make')}\n}`,
      'typescript',
    );
    const known = new Set(first.fingerprints.map(({ hash }) => hash));

    const shared = second.fingerprints.filter(({ hash }) => known.has(hash));

    expect(shared.length).toBeGreaterThan(5);
    expect(shared.length).toBeGreaterThanOrEqual(second.fingerprints.length - 3);
  });

  test('comments and white space do not change the hash, code does', async () => {
    const plain = await read('const a = 1;', 'typescript');
    const noted = await read('// note\nconst  a  =  1; // more', 'typescript');
    const other = await read('const a = 2;', 'typescript');

    expect(noted.codeHash).toBe(plain.codeHash);
    expect(other.codeHash).not.toBe(plain.codeHash);
  });

  test('indentation changes the hash of Python', async () => {
    const inside = await read('if a:\n  b()\n  c()\n', 'python');
    const outside = await read('if a:\n  b()\nc()\n', 'python');

    expect(inside.codeHash).not.toBe(outside.codeHash);
  });
});
