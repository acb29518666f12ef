import * as z from 'zod';
import { defineRule } from '../define';
import type { FunctionFact } from '../facts/code';
import { baseName, extensionOf, languageOfPath } from '../paths';
import { isDeliberatelyEmpty, leadingVerb, polymorphicNames } from '../placeholders';
import type { RawFinding, Severity } from '../types';

/** A name with one of these promises a result or an effect. */
const WORK = new Set(
  'add adjust apply approve assign authenticate authorize build calculate cancel charge check clean close collect compute connect convert copy count create decode decrypt delete deliver deploy download emit encode encrypt ensure execute export fetch filter find format generate get import insert install list load lock login logout make merge migrate move notify open parse pay perform persist post process publish purge push query read receive refresh refund register reload remove rename render report request reset resolve restore retry revoke rollback round run save scale schedule search select send serialize sign sort split start stop store submit subscribe sum sync transfer translate transform update upload validate verify withdraw write'.split(
    ' ',
  ),
);
const NOTHING = new Set(['null', 'nil', 'none', 'undefined', '']);

function isCandidate(fn: FunctionFact): boolean {
  if (fn.role !== 'production' || fn.kind === 'lambda' || fn.kind === 'constructor' || fn.kind === 'accessor')
    return false;
  return extensionOf(fn.path) !== 'pyi' && !fn.path.endsWith('.d.ts') && baseName(fn.path) !== 'conftest.py';
}

/** Languages where raising “not implemented” in a class is how an abstract method is written. */
function mayBeAbstract({ path, container, isOverride }: FunctionFact): boolean {
  const language = languageOfPath(path);
  if (language === 'java') return isOverride || container !== null;
  return container !== null && (language === 'python' || language === 'ruby' || language === 'javascript');
}

function notImplemented(fn: FunctionFact, isShared: boolean): { severity: Severity; confidence: number } | null {
  if (fn.container !== null && isShared && languageOfPath(fn.path) !== 'rust') return null;
  if (!mayBeAbstract(fn)) return { severity: 'high', confidence: 0.95 };
  if (fn.isOverride || fn.isDocumented || fn.name.startsWith('_')) return null;
  return { severity: 'low', confidence: 0.6 };
}

function isEmptyPromise(fn: FunctionFact, isShared: boolean): boolean {
  const isOptionOfObject = fn.kind === 'method' && fn.container === null;
  if (isOptionOfObject) return false;
  if (fn.isOverride || fn.isDocumented || isShared) return false;
  return WORK.has(leadingVerb(fn.name));
}

export const noStub = defineRule({
  id: 'integrity/no-stub',
  catalogue: 'INT-05',
  group: 'completion',
  severity: 'high',
  needs: ['functions'],
  limits: { per: 'functions', good: 0, bad: 0.02, range: [0, 1] },
  effort: 'large',
  references: [
    'https://rules.sonarsource.com/java/RSPEC-1186/',
    'https://rust-lang.github.io/rust-clippy/master/index.html#todo',
    'https://docs.python.org/3/library/exceptions.html#NotImplementedError',
  ],
  tags: ['CWE-1071', 'ISO27001 A.8.28'],
  options: z.object({}),

  title: { en: 'No stub in shipped code', ja: '出荷するコードに仮の関数を残さない' },
  why: {
    en: 'Callers believe that the work is done: the function exists, compiles and returns, and does nothing.',
    ja: '関数は存在し、コンパイルも呼び出しもできるため、呼び出し側は処理が済んだと信じてしまいます。',
  },
  fix: {
    en: 'Implement it, remove it with its callers, or, if doing nothing is right, say why in a comment inside.',
    ja: '実装するか、呼び出し元ごと削除してください。何もしないのが正しい場合は、理由を関数内のコメントに書いてください。',
  },
  messages: {
    notImplemented: { en: '“{name}” is not implemented.', ja: '「{name}」は実装されていません。' },
    empty: {
      en: '“{name}” promises work and has an empty body.',
      ja: '「{name}」は処理を約束する名前なのに、中身が空です。',
    },
    constant: {
      en: '“{name}” takes arguments, ignores them and always returns {value}.',
      ja: '「{name}」は引数を使わず、常に {value} を返します。',
    },
  },
  examples: {
    bad: [
      { files: { 'src/pay.rs': 'pub fn pay(card: &Card) -> Receipt {\n    todo!()\n}\n' } },
      {
        files: {
          'src/pay.ts': "export function pay(card: Card): Receipt {\n  throw new Error('not implemented');\n}\n",
        },
      },
      { files: { 'pay.py': 'def send_receipt(card):\n    pass\n' } },
      { files: { 'pay/pay.go': 'package pay\n\nfunc SaveReceipt(r Receipt) {\n}\n' } },
      { files: { 'src/find.js': 'export function findCustomer(id) {\n  return null;\n}\n' } },
    ],
    good: [
      {
        files: {
          'include/shop/pay.h':
            'namespace shop {\nclass Card {\n public:\n  SHOP_CONSTEXPR auto get_owner() const noexcept -> owner {\n    return owner_;\n  }\n  SHOP_CONSTEXPR explicit add_card(card value)\n      : owner_(find(value)) {}\n};\n}\n',
        },
      },
      {
        files: {
          'src/pay.ts':
            'export function pay(card: Card): Receipt {\n  return bank.charge(card);\n}\nexport const noop = () => {};\n',
        },
      },
      {
        files: {
          'shape.py':
            'class Shape:\n    def area(self):\n        raise NotImplementedError\n\n\nclass Square(Shape):\n    def area(self):\n        return self.side * self.side\n',
        },
      },
      {
        files: {
          'src/Shape.java':
            'interface Shape {\n  double area();\n  default void onResize(int width) {}\n}\nclass Square implements Shape {\n  public double area() { return side * side; }\n}\n',
        },
      },
      {
        files: {
          'log.go':
            'package log\n\ntype nullLogger struct{}\n\nfunc (nullLogger) Write(text string) {}\n\nfunc Level(n int) int { return n + 1 }\n',
        },
      },
      {
        files: {
          'hook.py':
            'def send_receipt(card):\n    # Receipts are sent by the bank.\n    pass\n\n\ndef price(n):\n    return n * 2\n',
        },
      },
    ],
  },

  *check({ functions }) {
    const stubs = stubsIn(functions);
    yield* stubs;
    const total = functions.filter((fn) => fn.role === 'production' && fn.body !== 'none').length;
    return { value: stubs.length / total, population: total, metrics: { stub_count: stubs.length } };
  },
});

/** One finding for each function that only looks as if it were written. */
export function stubsIn(functions: readonly FunctionFact[]): RawFinding[] {
  const shared = polymorphicNames(functions);
  return functions.flatMap((fn) => (isCandidate(fn) ? (judge(fn, shared.has(fn.name)) ?? []) : []));
}

function judge(fn: FunctionFact, isShared: boolean): RawFinding | null {
  const name = fn.container ? `${fn.container}.${fn.name}` : fn.name;
  const place = { location: { path: fn.path, line: fn.line, endLine: fn.endLine } };
  if (fn.body === 'not-implemented') {
    const weight = isDeliberatelyEmpty(fn) ? null : notImplemented(fn, isShared);
    return weight && { messageId: 'notImplemented', data: { name }, ...place, ...weight };
  }
  if (fn.body === 'empty') {
    if (isDeliberatelyEmpty(fn) || !isEmptyPromise(fn, isShared)) return null;
    const isHook = fn.container !== null && fn.parameters === fn.unusedParameters && fn.isExported;
    return {
      messageId: 'empty',
      data: { name },
      ...place,
      severity: fn.container === null ? 'high' : isHook ? 'low' : 'medium',
    };
  }
  if (fn.body !== 'constant' || !NOTHING.has((fn.constant ?? '').toLowerCase())) return null;
  const ignoresAll = fn.parameters > 0 && fn.unusedParameters === fn.parameters;
  if (!ignoresAll || isDeliberatelyEmpty(fn) || !isEmptyPromise(fn, isShared)) return null;
  const value = fn.constant || 'nothing';
  return {
    messageId: 'constant',
    data: { name, value },
    ...place,
    severity: fn.container === null ? 'medium' : 'low',
    confidence: 0.7,
  };
}
