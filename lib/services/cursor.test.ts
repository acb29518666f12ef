import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { CursorText, CursorTime, decodeCursor, encodeCursor } from './cursor';

const Place = z.tuple([CursorText, z.int(), z.uuid()]);
const ID = '0193a0de-0000-7000-8000-000000000001';

test('a cursor gives back the place it was made of', () => {
  const text = fc.string({ maxLength: 50 }).filter((value) => !value.includes('\u0000'));

  fc.assert(
    fc.property(text, fc.integer(), (name, rank) => {
      expect(decodeCursor(encodeCursor([name, rank, ID]), Place)).toEqual([name, rank, ID]);
    }),
  );
});

test('no cursor is the first page', () => {
  expect(decodeCursor(undefined, Place)).toBeNull();
});

test('a text that no list gave out is refused as invalid, never as a crash', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => decodeCursor(text, Place)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    }),
  );
});

test.each([
  ['an object', { a: 1 }],
  ['nested parts', [['a'], 2, ID]],
  ['another list’s place', ['a', 1]],
  ['what is no id', ['a', 1, "1' or 1=1"]],
  ['a zero character', ['\u0000', 1, ID]],
])('%s is refused', (_, place) => {
  const cursor = Buffer.from(JSON.stringify(place)).toString('base64url');

  expect(() => decodeCursor(cursor, Place)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
});

test.each(['0000-01-01T00:00:00Z', 'yesterday', '2026-13-01T00:00:00Z'])('%s is no time of a cursor', (time) => {
  expect(CursorTime.safeParse(time).success).toBe(false);
});
