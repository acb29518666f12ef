import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeAll } from '@/lib/magics/judge-all';
import { defaultPolicy } from '@/lib/magics/policy';
import { magics } from '@/lib/magics/registry';
import { type Finding, MAGIC_IDS } from '@/lib/magics/types';
import { gitApply } from '@/tests/support/git-apply';
import { factsFrom } from '@/tests/support/sketch';
import { findInFile } from './file-findings';
import { fixFile } from './fix-file';

interface Case {
  rule: string;
  what: string;
  path: string;
  /** Lines before; those that begin with `-` are taken away and those with `+` come, as in a diff without context. */
  diff: string;
}

const CASES: Case[] = [
  {
    rule: 'tdd/no-focused-test',
    what: 'a focused test',
    path: 'src/pay.test.ts',
    diff: `
 import { expect, test } from 'vitest';
-test.only('pays', () => {
+test('pays', () => {
   expect(pay(1)).toBe(2);
 });
 test('refunds', () => {
   expect(refund(1)).toBe(1);
 });
`,
  },
  {
    rule: 'tdd/no-focused-test',
    what: 'a focused suite, from its first test',
    path: 'spec/pay.spec.js',
    diff: `
-fdescribe('pay', () => {
+describe('pay', () => {
   const card = make();

   it('pays', () => {
     expect(pay(card)).toBe(2);
   });
 });
`,
  },
  {
    rule: 'tdd/no-focused-test',
    what: 'a focused example',
    path: 'spec/pay_spec.rb',
    diff: `
 RSpec.describe Pay do
-  it 'pays', focus: true do
+  it 'pays' do
     expect(pay(1)).to eq(2)
   end
 end
`,
  },
  {
    rule: 'integrity/no-debug-leftover',
    what: 'a debugger statement',
    path: 'src/pay.ts',
    diff: `
 export function pay(card: Card) {
-  debugger;
   return charge(card);
 }
`,
  },
  {
    rule: 'integrity/no-debug-leftover',
    what: 'a print of names that are used elsewhere',
    path: 'src/pay.ts',
    diff: `
 export function pay(card: Card) {
-  console.log('card', card.id, { card });
   return charge(card);
 }
`,
  },
  {
    rule: 'integrity/no-debug-leftover',
    what: 'a breakpoint in Python',
    path: 'shop/pay.py',
    diff: `
 def pay(card):
-    import pdb; pdb.set_trace()
     return charge(card)
`,
  },
  {
    rule: 'integrity/no-debug-leftover',
    what: 'dbg! in Rust',
    path: 'src/lib.rs',
    diff: `
 pub fn pay(card: Card) -> u32 {
     let fee = fee_of(&card);
-    dbg!(&card);
     charge(card, fee)
 }
`,
  },
  {
    rule: 'integrity/no-debug-leftover',
    what: 'a dump in PHP',
    path: 'src/Pay.php',
    diff: `
 <?php
 function pay($card) {
-    var_dump($card);
     return charge($card);
 }
`,
  },
  {
    rule: 'integrity/no-commented-out-code',
    what: 'code in line comments, with the gap it leaves',
    path: 'src/pay.ts',
    diff: `
 export const fee = 1;

-// const total = card.amount * 3;
-// if (total > limit) {
-//   refuse(card);
-//   return null;
-// }
-
 export const pay = (card: Card) => charge(card, fee);
`,
  },
  {
    rule: 'integrity/no-commented-out-code',
    what: 'code in a block comment of Java',
    path: 'src/Pay.java',
    diff: `
 class Pay {
-  /*
-  int refund(Card card) {
-    int total = card.amount();
-    total -= card.fee();
-    audit.write(total);
-    return total;
-  }
-  */
   int pay(Card card) { return charge(card); }
 }
`,
  },
  {
    rule: 'integrity/no-commented-out-code',
    what: 'code in Python comments',
    path: 'pay.py',
    diff: `
 FEE = 3
-# def refund(card):
-#     total = card.amount
-#     for item in card.items:
-#         total -= item.price
-#     return total
 LIMIT = 100
`,
  },
  {
    rule: 'tdd/no-leftover-test',
    what: 'a test in a comment',
    path: 'src/pay.test.ts',
    diff: `
 import { expect, test } from 'vitest';
 test('pays', () => {
   expect(pay(1)).toBe(1);
 });

-// test('refunds', () => {
-//   expect(refund(1)).toBe(1);
-// });
`,
  },
  {
    rule: 'tdd/no-tautology',
    what: 'an assertion that cannot fail',
    path: 'src/pay.test.ts',
    diff: `
 import { expect, test } from 'vitest';
 test('pays', () => {
-  expect(true).toBe(true);
   expect(pay(1)).toBe(1);
 });
`,
  },
  {
    rule: 'tdd/no-tautology',
    what: 'an assertion that cannot fail in Python',
    path: 'tests/test_pay.py',
    diff: `
 def test_pay():
     assert pay(1) == 1
-    assert True
`,
  },
  {
    rule: 'strict/no-duplicate-key',
    what: 'an entry that is there twice',
    path: 'src/rates.ts',
    diff: `
 export const rates = {
   food: 8,
   books: 10,
-  food: 8,
 };
`,
  },
  {
    rule: 'strict/no-unreachable-code',
    what: 'a jump after a return',
    path: 'src/rate.js',
    diff: `
 export function rate(kind) {
   for (const one of rates) {
     if (one.kind === kind) {
       return one.value;
-      break;
     }
   }
   return base(kind);
 }
`,
  },
  {
    rule: 'strict/no-unsafe-deserialisation',
    what: 'a loader of any object',
    path: 'shop/settings.py',
    diff: `
 import yaml


 def read(file):
-    return yaml.load(file, Loader=yaml.Loader)
+    return yaml.safe_load(file)
`,
  },
  {
    rule: 'strict/no-invalid-data',
    what: 'commas before closing brackets',
    path: 'config/rates.json',
    diff: `
 {
   "food": [8, 10],
-  "text": "a,]",
+  "text": "a,]"
 }
`,
  },
  {
    rule: 'strict/no-hidden-characters',
    what: 'a byte order mark inside the text',
    path: 'src/pay.ts',
    diff: `
 export const fee = 1;
-\ufeffexport const limit = 2;
+export const limit = 2;
`,
  },
];

/** Fixes that would change what a program does, or leave it broken. */
const REFUSALS: { what: string; path: string; text: string }[] = [
  {
    what: 'the only statement of a Python block',
    path: 'shop/pay.py',
    text: 'def pay(card):\n    if card.is_old:\n        breakpoint()\n    return charge(card)\n',
  },
  {
    what: 'the body of a condition without braces',
    path: 'src/pay.ts',
    text: 'export function pay(card: Card) {\n  if (card.isOld)\n    debugger;\n  return charge(card);\n}\n',
  },
  {
    what: 'a print that calls something',
    path: 'src/pay.ts',
    text: 'export function pay(card: Card) {\n  console.log(card.next());\n  return charge(card);\n}\n',
  },
  {
    what: 'a print that is the last use of a name',
    path: 'src/pay.ts',
    text: 'export function pay(card: Card) {\n  const fee = 1;\n  console.log(fee);\n  return charge(card);\n}\n',
  },
  {
    what: 'a statement whose end the next line would take',
    path: 'src/pay.js',
    text: 'export function pay(card) {\n  charge(card)\n  debugger\n  [card].forEach(charge)\n}\n',
  },
  {
    what: 'the only statement of a function',
    path: 'src/pay.ts',
    text: 'export function pay(): void {\n  debugger;\n}\n',
  },
  {
    what: 'the only assertion of a test',
    path: 'src/pay.test.ts',
    text: "import { expect, test } from 'vitest';\ntest('pays', () => {\n  pay(1);\n  expect(true).toBe(true);\n});\n",
  },
  {
    what: 'an entry with another value',
    path: 'src/rates.ts',
    text: 'export const rates = {\n  food: 8,\n  food: 10,\n};\n',
  },
  {
    what: 'code in a comment that another comment speaks of',
    path: 'src/pay.ts',
    text: '/** Kept until the new bank is ready. */\n// const total = card.amount * 3;\n// if (total > limit) {\n//   refuse(card);\n//   return null;\n// }\n\nexport const fee = 1;\n',
  },
  {
    what: 'code after a comment on the same line',
    path: 'src/pay.js',
    text: 'const a = 1; /*\nconst total = pay(1);\nrefuse(card);\nlog(total);\nclose(card);\nsettle(card);\n*/ charge(a);\n',
  },
];

async function audit(files: Record<string, string>): Promise<Finding[]> {
  return judgeAll(await factsFrom({ files }), defaultPolicy, MAGIC_IDS).results.flatMap(({ findings }) => findings);
}

/** Shares of a whole repository move with every line; what is said of a place stays. */
function placesOf(findings: readonly Finding[]): string[] {
  return findings
    .filter(({ path }) => path !== null)
    .map(({ ruleId, path, fingerprint }) => `${ruleId} ${path} ${fingerprint}`)
    .sort();
}

function side(diff: string, sign: '-' | '+'): string {
  const lines = diff.slice(1).split('\n');
  const own = lines.filter((line) => line === '' || line.startsWith(' ') || line.startsWith(sign));
  return own.map((line) => line.slice(1)).join('\n');
}

describe('a patch', () => {
  test('is known for every rule that can be mended', () => {
    const mendable = magics.flatMap(({ rules }) => rules).filter(({ edit }) => edit !== null);

    expect([...new Set(CASES.map(({ rule }) => rule))].sort()).toEqual(mendable.map(({ id }) => id).sort());
  });

  test.each(CASES)('of $rule takes away $what and nothing else', async ({ rule, path, diff }) => {
    const files = {
      [path]: side(diff, '-'),
      'src/other.ts': 'export function old(card: Card) {\n  debugger;\n  return card;\n}\n',
    };
    const before = await audit(files);
    const targets = before.filter((finding) => finding.ruleId === rule && finding.path === path);
    expect(targets).not.toEqual([]);

    const fixed = await fixFile(path, Buffer.from(files[path] ?? ''), targets);

    const gone = fixed?.fixes.map(({ fingerprint }) => fingerprint);
    expect(gone).toEqual(targets.map(({ fingerprint }) => fingerprint));
    const patched = await gitApply(files, fixed?.patch ?? '');
    expect(patched[path]).toBe(side(diff, '+'));
    const kept = before.filter(({ fingerprint }) => !gone?.includes(fingerprint));
    expect(placesOf(await audit(patched))).toEqual(placesOf(kept));
  });

  test.each(REFUSALS)('is not made for $what', async ({ path, text }) => {
    const findings = (await audit({ [path]: text })).filter((finding) => finding.path === path);
    expect(findings).not.toEqual([]);

    expect(await fixFile(path, Buffer.from(text), findings)).toBeNull();
  });

  test('is not made where its lines hold a credential', async () => {
    const value = ['ghp_', 'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ', '0mLq17'].join('');
    const text = `export function pay(card: Card) {\n  debugger;\n  const key = '${value}';\n  return charge(card, key);\n}\n`;
    const findings = await audit({ 'src/pay.ts': text });
    expect(findings.map(({ ruleId }) => ruleId)).toContain('strict/no-secret');

    expect(await fixFile('src/pay.ts', Buffer.from(text), findings)).toBeNull();
  });

  test('is made of a header in C++', async () => {
    const comment = '// int total = amount * 3;\n// if (total > limit) {\n//   refuse(card);\n//   return 0;\n// }\n';
    const [above, below] = ['namespace pay {\n', 'template <typename Card> int fee(Card card);\n}\n'];
    const text = above + comment + below;
    const findings = await audit({ 'src/pay.h': text });

    const fixed = await fixFile('src/pay.h', Buffer.from(text), findings);

    expect(await gitApply({ 'src/pay.h': text }, fixed?.patch ?? '')).toEqual({ 'src/pay.h': above + below });
  });

  test('takes away several findings of one file', async () => {
    const text =
      'export function pay(card: Card) {\n  debugger;\n  const fee = feeOf(card);\n  console.log(card);\n  debugger;\n  return charge(card, fee);\n}\n';
    const findings = await audit({ 'src/pay.ts': text });

    const fixed = await fixFile('src/pay.ts', Buffer.from(text), findings);

    expect(fixed?.fixes).toHaveLength(3);
    const patched = await gitApply({ 'src/pay.ts': text }, fixed?.patch ?? '');
    expect(patched).toEqual({
      'src/pay.ts': 'export function pay(card: Card) {\n  const fee = feeOf(card);\n  return charge(card, fee);\n}\n',
    });
  });

  test('takes away what is safe beside what is not', async () => {
    const text =
      'export function pay(card: Card) {\n  debugger;\n  if (card.isOld)\n    debugger;\n  return charge(card);\n}\n';
    const findings = await audit({ 'src/pay.ts': text });

    const fixed = await fixFile('src/pay.ts', Buffer.from(text), findings);

    expect(fixed?.fixes.map(({ replacements }) => replacements)).toEqual([[{ startLine: 2, endLine: 2, text: '' }]]);
  });

  test('stops when it is told to', async () => {
    const text = 'export function pay(card: Card) {\n  debugger;\n  return charge(card);\n}\n';
    const findings = await audit({ 'src/pay.ts': text });

    await expect(fixFile('src/pay.ts', Buffer.from(text), findings, AbortSignal.abort())).rejects.toThrow();
  });

  test('fits any line ends, a byte order mark and any neighbours', async () => {
    const neighbour = fc.constantFrom(
      '  charge(card);',
      '',
      '  // 支払い',
      '  if (card) { card = next(card); }',
      "  say('a');",
    );
    const neighbours = fc.array(neighbour, { maxLength: 5 });
    const forms = fc.record({
      above: neighbours,
      below: neighbours,
      end: fc.constantFrom('\n', '\r\n'),
      hasMark: fc.boolean(),
      isEnded: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(forms, async ({ above, below, end, hasMark, isEnded }) => {
        const textWith = (lines: string[]) =>
          (hasMark ? '\ufeff' : '') +
          ['export function pay(card) {', ...above, ...lines, ...below, '  return card;', '}'].join(end) +
          (isEnded ? end : '');
        const text = textWith(['  debugger;']);
        const findings = (await findInFile('src/pay.js', text)).findings.filter(
          ({ ruleId }) => ruleId === 'integrity/no-debug-leftover',
        );

        const fixed = await fixFile('src/pay.js', Buffer.from(text), findings);

        const patched = await gitApply({ 'src/pay.js': text }, fixed?.patch ?? '');
        expect(patched).toEqual({ 'src/pay.js': textWith([]) });
      }),
      { numRuns: 15 },
    );
  });

  test('is not made of bytes that are no UTF-8', async () => {
    const text = 'export function pay(card: Card) {\n  debugger;\n  return charge(card); // café\n}\n';
    const findings = await audit({ 'src/pay.ts': text });

    expect(await fixFile('src/pay.ts', Buffer.from(text, 'latin1'), findings)).toBeNull();
  });
});
