import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '@/lib/errors';
import { parseBlame } from './blame';
import { createByteReader } from './byte-reader';
import { codeFromStderr, redact, shortReason } from './git-error';
import { parseGitVersion } from './git-version';
import { parseRepositoryUrl } from './repository-url';
import { splitOn } from './split-on';
import { parseStorageFormat } from './storage-format';

const text = fc.string({ unit: 'binary', maxLength: 400 });

/** Bytes in which separators are common, and the places where a pipe cuts them. */
const stream = fc
  .array(fc.oneof(fc.constantFrom(0, 10, 0xe7, 0xa8, 0x8e), fc.integer({ min: 0, max: 255 })), { maxLength: 120 })
  .chain((bytes) => fc.tuple(fc.constant(Buffer.from(bytes)), fc.array(fc.nat(bytes.length), { maxLength: 8 })));

async function* inChunks(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer, void> {
  let start = 0;
  for (const end of [...cuts, bytes.length].sort((a, b) => a - b)) {
    yield bytes.subarray(start, end);
    start = end;
  }
}

/** Nothing but an error that names what is wrong. */
function onlyAppErrors(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
}

test.each(['\0', '\n'] as const)('text is split at %j wherever a pipe cuts it', async (separator) => {
  await fc.assert(
    fc.asyncProperty(stream, async ([bytes, cuts]) => {
      const parts: string[] = [];
      for await (const part of splitOn(separator, inChunks(bytes, cuts))) parts.push(part);
      const whole = bytes.toString('latin1').split(separator);
      if (whole.at(-1) === '') whole.pop();

      expect(parts).toEqual(whole.map((part) => Buffer.from(part, 'latin1').toString('utf8')));
    }),
  );
});

test('lines and lengths are read wherever a pipe cuts them', async () => {
  await fc.assert(
    fc.asyncProperty(stream, fc.nat(20), fc.nat(20), async ([content, cuts], skipped, taken) => {
      const bytes = Buffer.concat([Buffer.from('0123 blob 7\n'), Buffer.alloc(20), content, Buffer.alloc(20, 1)]);
      const reader = createByteReader(inChunks(bytes, cuts));

      expect(await reader.line()).toBe('0123 blob 7');
      await reader.skip(skipped);
      expect(await reader.take(taken)).toEqual(bytes.subarray(12 + skipped, 12 + skipped + taken));
      await expect(reader.take(bytes.length)).rejects.toMatchObject({ code: 'repository_corrupt' });
    }),
  );
});

test('whatever stands for an address, a configuration or a version gets an answer', () => {
  const word = fc.constantFrom(
    'git@',
    '[',
    ']',
    ':',
    '::',
    '/',
    '//',
    'ssh:',
    'https:',
    'file:',
    '[core]',
    '=',
    '.',
    '-',
    '%',
    'a',
    '1',
    '\n',
  );
  const likely = fc.array(fc.oneof(word, text), { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(likely, fc.boolean(), (input, allowLocal) => {
      onlyAppErrors(() => parseRepositoryUrl(input, { allowLocal }));
      onlyAppErrors(() => parseStorageFormat(input));
      expect(parseGitVersion(input).text).not.toBe('');
    }),
    { numRuns: 2_000 },
  );
});

test('an address with an IPv6 host that is none is refused', () => {
  expect(() => parseRepositoryUrl('git@[:::::]:team/repository.git')).toThrow(
    expect.objectContaining({ code: 'invalid_request' }),
  );
});

test('whatever Git prints on its way out is one short line without controls', () => {
  fc.assert(
    fc.property(text, fc.constantFrom('fatal: ', 'error: ', 'remote: ', ''), (words, start) => {
      const printed = `${start}${words}`;
      const reason = shortReason(printed, ['/srv/elder']);

      expect([...reason].length).toBeLessThanOrEqual(160);
      expect(reason).not.toMatch(/\p{C}/u);
      expect(codeFromStderr(printed)).toMatch(/^[a-z_]+$/);
      expect(redact(`${words} https://user:${'s3cret'}@example.com/`)).not.toContain('s3cret');
    }),
  );
});

test('blame of any output gives whole lines or none', () => {
  const header = fc
    .tuple(fc.constantFrom('a', 'b'), fc.nat(9))
    .map(([letter, line]) => `${letter.repeat(40)} 1 ${line}`);
  const row = fc.oneof(
    header,
    text,
    fc.constantFrom('author A', 'author-mail <A@B>', 'author-time x', 'summary', '\tcode'),
  );
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
      for (const line of parseBlame(rows.join('\n'))) {
        expect(line.commit).toMatch(/^[0-9a-f]{40,64}$/);
        expect(Number.isFinite(line.authoredAt)).toBe(true);
      }
    }),
  );
});
