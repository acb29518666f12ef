import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '@/lib/errors';
import { hashOfReport } from './coverage-report';
import { parseUpload } from './parse-upload';

const LCOV = 'TN:\nSF:src/pay.ts\nDA:1,2\nDA:2,0\nend_of_record\n';
const GO = 'mode: set\nexample.com/shop/pay.go:1.2,3.4 2 1\n';
const COBERTURA =
  '<?xml version="1.0"?>\n<coverage><packages><package><classes><class filename="shop/pay.py"><lines><line number="1" hits="1"/></lines></class></classes></package></packages></coverage>';
const JACOCO =
  '<report name="shop"><package name="com/shop"><sourcefile name="Pay.java"><line nr="3" mi="0" ci="2"/></sourcefile></package></report>';

const parse = (text: string) => parseUpload(Buffer.from(text));

test.each([
  ['lcov', LCOV],
  ['go', GO],
  ['cobertura', COBERTURA],
  ['jacoco', JACOCO],
])('finds out that a report is %s', async (format, text) => {
  expect(await parse(text)).toMatchObject({ format, files: [{ lines: expect.any(Number) }] });
});

test('reads gzip, a byte order mark and Windows line ends as the same report', async () => {
  const hash = hashOfReport(await parse(LCOV));

  expect(hashOfReport(await parseUpload(gzipSync(LCOV)))).toBe(hash);
  expect(hashOfReport(await parse(`\ufeff${LCOV.replaceAll('\n', '\r\n')}`))).toBe(hash);
  expect(hashOfReport(await parse(LCOV.replace('DA:2,0', 'DA:2,1')))).not.toBe(hash);
});

test.each([
  ['text of any kind', 'hello\n', 1, 'no-report'],
  ['an lcov line without a count', 'SF:a.ts\nDA:1,1\nDA:2\nend_of_record\n', 3, 'no-count'],
  ['an lcov record nobody knows', 'SF:a.ts\nDA:1,1\nWAT:1\n', 3, 'no-lcov-record'],
  ['a line before its file', 'TN:\nDA:1,1\n', 2, 'no-file-before'],
  ['a damaged block of Go', `${GO}pay.go:1 2\n`, 3, 'no-go-block'],
  ['XML that is not closed', '<coverage>\n<packages>\n</coverage>', 3, 'not-xml'],
  [
    'XML with entities',
    '<?xml version="1.0"?>\n<!DOCTYPE a [\n<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<coverage>&x;</coverage>',
    3,
    'entities',
  ],
  ['a report without files', '<coverage></coverage>', 1, 'no-files'],
])('refuses %s and names the line', async (_, text, line, problem) => {
  await expect(parse(text)).rejects.toMatchObject({
    code: 'unprocessable',
    details: { line, problem },
  });
});

test('refuses another format than the one that was named', async () => {
  await expect(parseUpload(Buffer.from(LCOV), 'jacoco')).rejects.toMatchObject({ code: 'unprocessable' });
});

test('refuses damaged gzip, and what unpacks to too much', async () => {
  const packed = gzipSync(LCOV);
  const bomb = gzipSync(Buffer.alloc(64 * 1024 ** 2, 'a'));

  await expect(parseUpload(packed.subarray(0, 20))).rejects.toMatchObject({ code: 'unprocessable' });
  await expect(parseUpload(bomb)).rejects.toMatchObject({ code: 'payload_too_large' });
});

describe('any bytes', () => {
  test('are a report or a refusal', async () => {
    const start = fc.constantFrom('', 'SF:a\n', 'mode: set\n', '<coverage>', '<report>', '<!DOCTYPE coverage [');
    await fc.assert(
      fc.asyncProperty(start, fc.string({ maxLength: 200 }), async (head, rest) => {
        const read = await parse(head + rest).catch((error: unknown) => error);

        expect(isAppError(read) ? read.code : 'read').toMatch(/^(?:read|unprocessable)$/);
      }),
    );
  });
});
