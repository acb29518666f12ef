import { expect, test } from 'vitest';
import { canonicalJson, compareText, sha256 } from './hash';

test('canonicalJson does not depend on the order of keys', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe('{"b":[1,{"c":"x","d":null}]}');
  expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
});

test('sha256 tells lists of parts apart that join to the same text', () => {
  expect(sha256('ab', 'c')).not.toBe(sha256('a', 'bc'));
  expect(sha256('a', '')).not.toBe(sha256('a'));
  expect(sha256('a')).toMatch(/^[0-9a-f]{64}$/);
});

test('compareText orders by code unit in every locale', () => {
  expect(['b', 'Z', 'ä', 'a', 'B'].sort(compareText)).toEqual(['B', 'Z', 'a', 'b', 'ä']);
  expect(compareText('a', 'a')).toBe(0);
});
