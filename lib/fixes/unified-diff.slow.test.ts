import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LineEdit } from '@/lib/magics/types';
import { gitApply } from '@/tests/support/git-apply';
import { applyEdits, sortEdits } from './apply-edits';
import { readSource, type SourceText, textOfSource } from './source-text';
import { unifiedDiff } from './unified-diff';

function source(text: string): SourceText {
  const read = readSource(Buffer.from(text));
  if (!read) throw new Error('no text');
  return read;
}

const word = fc.constantFrom('a', 'b', 'c', '', ' x', '-y', '+z', '\\ w', '@@', 'é日本');

const edited = fc
  .record({
    lines: fc.array(fc.tuple(word, fc.constantFrom('\n', '\r\n')), { minLength: 1, maxLength: 25 }),
    hasMark: fc.boolean(),
    isEnded: fc.boolean(),
    cuts: fc.array(
      fc.record({ at: fc.nat({ max: 24 }), span: fc.nat({ max: 3 }), added: fc.array(word, { maxLength: 3 }) }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ lines, hasMark, isEnded, cuts }) => {
    const text = lines.map(([line, end], at) => line + (at === lines.length - 1 && !isEnded ? '' : end)).join('');
    const read = source((hasMark ? '\ufeff' : '') + text);
    const count = read.lines.length;
    const edits: LineEdit[] = [];
    for (const { at, span, added } of cuts.sort((a, b) => a.at - b.at)) {
      const from = Math.max(at, edits.at(-1)?.to ?? 0) + 1;
      if (from + span <= count) edits.push({ from, to: from + span, lines: added });
    }
    return { read, edits: sortEdits(edits, read) ?? [] };
  })
  // No fix empties a file.
  .filter(({ read, edits }) => edits.length > 0 && applyEdits(read, edits).lines.length > 0);

describe('a unified diff', () => {
  test('gives, to git apply, the text with its edits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edited, { minLength: 4, maxLength: 8 }), async (all) => {
        const files = Object.fromEntries(all.map(({ read }, at) => [`f${at}`, textOfSource(read)]));
        const patch = all.map(({ read, edits }, at) => unifiedDiff(`f${at}`, read, edits)).join('');

        const patched = await gitApply(files, patch);

        const wanted = all.map(({ read, edits }, at) => [`f${at}`, textOfSource(applyEdits(read, edits))]);
        expect(patched).toEqual(Object.fromEntries(wanted));
      }),
      { numRuns: 20 },
    );
  });

  test.each(['with space/a b.ts', '日本/支払い.ts', 'a"b\\c.ts', "it's.ts", 'tab\there.ts', 'new\nline.ts'])(
    'names the path %j as Git reads it',
    async (path) => {
      const files = { [path]: 'a\nb\nc\n' };

      const patch = unifiedDiff(path, source(files[path] ?? ''), [{ from: 2, to: 2, lines: ['d'] }]);

      expect(await gitApply(files, patch)).toEqual({ [path]: 'a\nd\nc\n' });
    },
  );

  test('shows three lines around an edit and joins edits that are near', () => {
    const text = source('1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n20');

    const patch = unifiedDiff('n', text, [
      { from: 2, to: 2, lines: [] },
      { from: 9, to: 9, lines: ['nine'] },
      { from: 20, to: 20, lines: ['end'] },
    ]);

    expect(patch).toBe(
      'diff --git a/n b/n\n--- a/n\n+++ b/n\n@@ -1,12 +1,11 @@\n 1\n-2\n 3\n 4\n 5\n 6\n 7\n 8\n-9\n+nine\n 10\n 11\n 12\n@@ -17,4 +16,4 @@\n 17\n 18\n 19\n-20\n\\ No newline at end of file\n+end\n\\ No newline at end of file\n',
    );
  });
});

describe('edits', () => {
  test.each([
    [
      'overlap',
      [
        { from: 1, to: 2, lines: [] },
        { from: 2, to: 3, lines: [] },
      ],
    ],
    ['lie outside the file', [{ from: 4, to: 4, lines: [] }]],
    ['hold a line end', [{ from: 1, to: 1, lines: ['a\nb'] }]],
    ['end before they begin', [{ from: 2, to: 1, lines: [] }]],
  ])('that %s are refused', (_, edits) => {
    expect(sortEdits(edits, source('1\n2\n3\n'))).toBeNull();
  });

  test('leave bytes that are no text alone', () => {
    expect(readSource(Uint8Array.of(0x61, 0xff))).toBeNull();
    expect(readSource(Uint8Array.of(0x61, 0x00))).toBeNull();
  });
});
