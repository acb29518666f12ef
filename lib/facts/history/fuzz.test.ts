import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '@/lib/errors';
import { parseMailmap } from './mailmap';
import { parseMessage } from './message';
import { parseLog } from './parse-log';

const MARK = 'commit-mark';
const text = fc.string({ unit: 'binary', maxLength: 200 });

async function* each(tokens: readonly string[]): AsyncGenerator<string, void> {
  yield* tokens;
}

test('whatever git log prints gives commits in step with their changes, or says that it is cut short', async () => {
  const token = fc.oneof(
    text,
    fc.constantFrom(
      MARK,
      '',
      '\n',
      ':100644 100644 a b M',
      ':000000 100644 a b A',
      '1\t2\tsrc/a.ts',
      '-\t-\tb',
      'src/a.ts',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(token, { maxLength: 40 }), async (tokens) => {
      try {
        for await (const { record, blobs, modes } of parseLog(each(tokens), MARK)) {
          expect([blobs.length, modes.length]).toEqual([record.files.length, record.files.length]);
          expect(Number.isFinite(record.authoredAt) && Number.isFinite(record.committedAt)).toBe(true);
          for (const [, , added] of record.files) expect(added === null || Number.isSafeInteger(added)).toBe(true);
        }
      } catch (error) {
        if (!isAppError(error)) throw error;
        expect(error.code).toBe('repository_corrupt');
      }
    }),
    { numRuns: 1_000 },
  );
});

test('whatever a message says, its subject is one line and its trailers stand in it', () => {
  const line = fc.oneof(text, fc.constantFrom('Signed-off-by: A <a@b>', ' more', 'Key:', 'BREAKING CHANGE: x', ''));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
      const { subject, trailers } = parseMessage(lines.join('\n'));

      expect(subject).not.toContain('\n');
      for (const { key } of trailers) expect(lines.join('\n')).toContain(key);
    }),
  );
});

test('whatever a mailmap says, an identity stays one', () => {
  const line = fc.oneof(text, fc.constantFrom('A <a@b>', 'A <a@b> <c@d>', 'A <a@b> C <c@d>', '<a@b> <c@d>', '# <'));
  const identity = fc.record({ name: fc.oneof(text, fc.constant('C')), email: fc.oneof(text, fc.constant('c@d')) });
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), identity, (lines, given) => {
      const { name, email } = parseMailmap(lines.join('\n'))(given);

      expect([typeof name, typeof email]).toEqual(['string', 'string']);
    }),
  );
});
