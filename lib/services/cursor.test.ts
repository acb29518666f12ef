import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor';

test('a cursor gives back the place it was made of', () => {
  const part = fc.oneof(fc.string(), fc.integer(), fc.constant(null));

  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      expect(decodeCursor(encodeCursor(parts), parts.length)).toEqual(parts);
    }),
  );
});

test('no cursor is the first page', () => {
  expect(decodeCursor(undefined, 2)).toBeNull();
});

test('a text that no list gave out is refused as invalid, never as a crash', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => decodeCursor(text, 3)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    }),
  );
});

test.each([
  ['an object', Buffer.from('{"a":1}').toString('base64url')],
  ['nested parts', Buffer.from('[[1],2,3]').toString('base64url')],
  ['another list’s cursor', encodeCursor(['a', 1])],
])('%s is refused', (_, cursor) => {
  expect(() => decodeCursor(cursor, 3)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
});
