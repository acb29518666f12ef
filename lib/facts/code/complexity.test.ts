import { describe, expect, test } from 'vitest';
import type { LanguageId } from '@/lib/magics/facts/code';
import { collectCode } from './collect-code';

async function functionsOf(text: string, language: LanguageId) {
  const facts = await collectCode(text, language);
  if ('skipped' in facts) throw new Error('not read');
  return facts.functions;
}

const SUM_OF_PRIMES = `int sumOfPrimes(int max) {
  int total = 0;
  OUT: for (int i = 1; i <= max; ++i) {
    for (int j = 2; j < i; ++j) {
      if (i % j == 0) {
        continue OUT;
      }
    }
    total += i;
  }
  return total;
}`;

const GET_WORDS = `String getWords(int number) {
  switch (number) {
    case 1: return "one";
    case 2: return "a couple";
    case 3: return "a few";
    default: return "lots";
  }
}`;

const OVERRIDDEN_SYMBOL = `MethodSymbol overriddenSymbolFrom(ClassJavaType classType) {
  if (classType.isUnknown()) {
    return Symbols.unknownMethodSymbol;
  }
  boolean unknownFound = false;
  List<JavaSymbol> symbols = classType.getSymbol().members().lookup(name);
  for (JavaSymbol overrideSymbol : symbols) {
    if (overrideSymbol.isKind(JavaSymbol.MTH) && !overrideSymbol.isStatic()) {
      MethodJavaSymbol methodJavaSymbol = (MethodJavaSymbol) overrideSymbol;
      if (canOverride(methodJavaSymbol)) {
        Boolean overriding = checkOverridingParameters(methodJavaSymbol, classType);
        if (overriding == null) {
          if (!unknownFound) {
            unknownFound = true;
          }
        } else if (overriding) {
          return methodJavaSymbol;
        }
      }
    }
  }
  if (unknownFound) {
    return Symbols.unknownMethodSymbol;
  }
  return null;
}`;

const ADD_VERSION = `void addVersion(final Entry entry, final Transaction txn) {
  final TransactionIndex ti = _persistit.getTransactionIndex();
  while (true) {
    try {
      synchronized (this) {
        if (frst != null) {
          if (frst.getVersion() > entry.getVersion()) {
            throw new RollbackException();
          }
          if (txn.isActive()) {
            for (Entry e = frst; e != null; e = e.getPrevious()) {
              final long version = e.getVersion();
              final long depends = ti.wwDependency(version, txn.getTransactionStatus(), 0);
              if (depends == TIMED_OUT) {
                throw new WWRetryException(version);
              }
              if (depends != 0 && depends != ABORTED) {
                throw new RollbackException();
              }
            }
          }
        }
        entry.setPrevious(frst);
        frst = entry;
        break;
      }
    } catch (final WWRetryException re) {
      try {
        final long depends = _persistit.getTransactionIndex().wwDependency(re.getVersionHandle(), txn.getTransactionStatus(), 1);
        if (depends != 0 && depends != ABORTED) {
          throw new RollbackException();
        }
      } catch (final InterruptedException ie) {
        throw new PersistitInterruptedException(ie);
      }
    } catch (final InterruptedException ie) {
      throw new PersistitInterruptedException(ie);
    }
  }
}`;

describe('the examples of the cognitive complexity white paper', () => {
  test.each([
    ['sumOfPrimes', SUM_OF_PRIMES, 7],
    ['getWords', GET_WORDS, 1],
    ['overriddenSymbolFrom', OVERRIDDEN_SYMBOL, 19],
    ['addVersion', ADD_VERSION, 35],
  ])('%s has its published value', async (name, source, cognitive) => {
    const functions = await functionsOf(`class A {\n${source}\n}`, 'java');

    expect(functions).toMatchObject([{ name, cognitive }]);
  });

  test('a run of equal operators counts once, a change of operator again', async () => {
    const source = `
      function a() { if (x && y && z || p || q && r) {} }
      function b() { if (x && !(y && z)) {} }
      function c() { return x || y; }`;

    const functions = await functionsOf(source, 'typescript');

    expect(functions.map(({ cognitive }) => cognitive)).toEqual([4, 3, 1]);
  });

  test('a lambda adds its nested flow to the method around it', async () => {
    const source = 'class A { void my() { if (d) { Runnable r = () -> { if (c) { go(); } }; } } }';

    const functions = await functionsOf(source, 'java');

    expect(functions.map(({ cognitive }) => cognitive)).toEqual([4, 1]);
  });

  test('a wrapper without flow of its own is not charged for what it wraps', async () => {
    const source = 'function outer() { function inner() { if (a) { if (b) {} } } return inner; }';

    const functions = await functionsOf(source, 'javascript');

    expect(functions.map(({ name, cognitive }) => [name, cognitive])).toEqual([
      ['outer', 0],
      ['inner', 3],
    ]);
  });
});

const FLOW: [LanguageId, string][] = [
  [
    'typescript',
    'function f(a, b) { if (a && b) { g(); } else if (a) { h(); } else { i(); } for (const x of a) { while (b) { j(); } } }',
  ],
  [
    'tsx',
    'function f(a, b) { if (a && b) { g(); } else if (a) { h(); } else { i(); } for (const x of a) { while (b) { j(); } } }',
  ],
  [
    'javascript',
    'function f(a, b) { if (a && b) { g(); } else if (a) { h(); } else { i(); } for (const x of a) { while (b) { j(); } } }',
  ],
  [
    'python',
    'def f(a, b):\n  if a and b:\n    g()\n  elif a:\n    h()\n  else:\n    i()\n  for x in a:\n    while b:\n      j()\n',
  ],
  [
    'go',
    'package p\nfunc f(a, b int) { if a && b { g() } else if a { h() } else { i() }\nfor range a { for b { j() } } }',
  ],
  [
    'java',
    'class A { void f(int a, int b) { if (a && b) { g(); } else if (a) { h(); } else { i(); } for (int x : a) { while (b) { j(); } } } }',
  ],
  [
    'rust',
    'fn f(a: bool, b: bool) { if a && b { g(); } else if a { h(); } else { i(); } for x in a { while b { j(); } } }',
  ],
  [
    'c',
    'void f(int a, int b) { if (a && b) { g(); } else if (a) { h(); } else { i(); } for (;;) { while (b) { j(); } } }',
  ],
  [
    'cpp',
    'void f(int a, int b) { if (a && b) { g(); } else if (a) { h(); } else { i(); } for (auto x : a) { while (b) { j(); } } }',
  ],
  [
    'csharp',
    'class A { void f(int a, int b) { if (a && b) { g(); } else if (a) { h(); } else { i(); } foreach (var x in a) { while (b) { j(); } } } }',
  ],
  [
    'ruby',
    'def f(a, b)\n  if a && b\n    g\n  elsif a\n    h\n  else\n    i\n  end\n  for x in a do\n    while b do\n      j\n    end\n  end\nend\n',
  ],
  [
    'php',
    '<?php function f($a, $b) { if ($a && $b) { g(); } elseif ($a) { h(); } else { i(); } foreach ($a as $x) { while ($b) { j(); } } }',
  ],
  [
    'kotlin',
    'fun f(a: Int, b: Int) { if (a && b) { g() } else if (a) { h() } else { i() }\nfor (x in a) { while (b) { j() } } }',
  ],
  ['bash', 'f() { if a && b; then g; elif a; then h; else i; fi; for x in a; do while b; do j; done; done; }'],
];

test.each(FLOW)('%s: the same flow has the same measures', async (language, source) => {
  const [row] = await functionsOf(source, language);

  expect(row).toMatchObject({ name: 'f', cyclomatic: 6, cognitive: 7, nesting: 2, loopDepth: 2, body: 'normal' });
});

const SWITCHES: [LanguageId, string][] = [
  ['typescript', 'function f(a) { switch (a) { case 1: g(); break; case 2: h(); break; default: i(); } }'],
  ['python', 'def f(a):\n  match a:\n    case 1:\n      g()\n    case 2:\n      h()\n    case _:\n      i()\n'],
  ['go', 'package p\nfunc f(a int) { switch a { case 1: g(); case 2: h(); default: i() } }'],
  ['java', 'class A { void f(int a) { switch (a) { case 1: g(); break; case 2: h(); break; default: i(); } } }'],
  ['rust', 'fn f(a: u8) { match a { 1 => g(), 2 => h(), _ => i() } }'],
  ['c', 'void f(int a) { switch (a) { case 1: g(); break; case 2: h(); break; default: i(); } }'],
  [
    'csharp',
    'class A { void f(int a) { switch (a) { case 1: g(); break; case 2: h(); break; default: i(); break; } } }',
  ],
  ['ruby', 'def f(a)\n  case a\n  when 1 then g\n  when 2 then h\n  else i\n  end\nend\n'],
  ['php', '<?php function f($a) { switch ($a) { case 1: g(); break; case 2: h(); break; default: i(); } }'],
  ['kotlin', 'fun f(a: Int) { when (a) { 1 -> g()\n 2 -> h()\n else -> i() } }'],
  ['bash', 'f() { case $a in 1) g ;; 2) h ;; *) i ;; esac; }'],
];

test.each(SWITCHES)('%s: a switch counts each case for McCabe and once for understanding', async (language, source) => {
  const [row] = await functionsOf(source, language);

  expect(row).toMatchObject({ cyclomatic: 3, cognitive: 1, nesting: 1 });
});
