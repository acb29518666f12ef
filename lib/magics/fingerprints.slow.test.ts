import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { factsFrom } from '@/tests/support/sketch';
import { evaluate } from './evaluate';
import { defaultPolicy } from './policy';
import { magicOf } from './registry';
import { NO_TEAM, type TeamView, viewRepository } from './repository-view';
import type { Finding, MagicId } from './types';

const MAGICS: MagicId[] = ['integrity', 'strict'];

/** Top-level parts of a file, several of which are reported. */
const PARTS = [
  "import { readFileSync } from 'node:fs';",
  '// TODO: charge the card\nexport function charge(amount: number) {\n  return amount;\n}',
  'export function read(path: string) {\n  try {\n    return readFileSync(path);\n  } catch (error) {\n  }\n}',
  'export function run(text: string): unknown {\n  return eval(text);\n}',
  "export function show(value: unknown) {\n  console.log('value', value);\n}",
  'export function refund() {\n  // FIXME: not yet\n  return 0;\n}',
];

const filler = fc.constantFrom('', '\n', '\n\n\n', '\nexport const unrelated = (a: number) => a + 1;\n');
const layout = fc.record({
  between: fc.array(filler, { minLength: PARTS.length, maxLength: PARTS.length }),
  indent: fc.constantFrom('  ', '    ', '\t'),
  trailing: fc.constantFrom('', ' ', '\t '),
  lineEnd: fc.constantFrom('\n', '\r\n'),
});

function textOf({
  between,
  indent,
  trailing,
  lineEnd,
}: typeof layout extends fc.Arbitrary<infer Layout> ? Layout : never) {
  const text = PARTS.map((part, at) => `${between[at]}${part}\n`).join('');
  const lines = text.split('\n').map((line) => line.replace(/^(?: {2})+/, (found) => indent.repeat(found.length / 2)));
  return lines.join(`${trailing}${lineEnd}`);
}

async function judge(path: string, text: string, team: TeamView = NO_TEAM): Promise<Finding[]> {
  const facts = await factsFrom({ files: { [path]: text } });
  const view = viewRepository(facts, defaultPolicy, team);
  return MAGICS.flatMap((id) => evaluate(magicOf(id), facts, defaultPolicy, view).findings).filter(
    (finding) => finding.path === path,
  );
}

const plain = PARTS.map((part) => `${part}\n`).join('\n');
const sorted = (fingerprints: (string | undefined)[]) => fingerprints.toSorted();

describe('a fingerprint', () => {
  test('stays when lines move and code is laid out anew', async () => {
    const before = await judge('src/pay.ts', plain);
    expect(new Set(before.map(({ ruleId }) => ruleId)).size).toBeGreaterThanOrEqual(4);

    await fc.assert(
      fc.asyncProperty(layout, async (chosen) => {
        const after = await judge('src/pay.ts', textOf(chosen));

        expect(sorted(after.map(({ fingerprint }) => fingerprint))).toEqual(
          sorted(before.map(({ fingerprint }) => fingerprint)),
        );
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  test('is known again when the file moves, whatever is laid out anew with it', async () => {
    const before = await judge('src/pay.ts', plain);
    const path = fc.constantFrom('src/payment.ts', 'lib/cards/pay.ts', 'src/支払い.ts');

    await fc.assert(
      fc.asyncProperty(path, layout, async (moved, chosen) => {
        const formerPaths = new Map([[moved, 'src/pay.ts']]);
        const after = await judge(moved, textOf(chosen), { ...NO_TEAM, formerPaths });

        expect(sorted(after.map(({ formerFingerprint }) => formerFingerprint))).toEqual(
          sorted(before.map(({ fingerprint }) => fingerprint)),
        );
        expect(after.some(({ fingerprint }) => before.some((one) => one.fingerprint === fingerprint))).toBe(false);
      }),
      { numRuns: 8 },
    );
  }, 60_000);
});
