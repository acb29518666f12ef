import { expect, test } from 'vitest';
import { isPlainKey } from './key-guard';

const key = {
  isComposing: false,
  keyCode: 74,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  defaultPrevented: false,
  target: { closest: () => null },
};

test('a key on the page acts', () => {
  expect(isPlainKey(key)).toBe(true);
});

test.each([
  ['while an input method composes', { isComposing: true }],
  ['in the last key event of a composition', { keyCode: 229 }],
  ['with Ctrl', { ctrlKey: true }],
  ['with Command', { metaKey: true }],
  ['with Alt', { altKey: true }],
  ['when something else took it', { defaultPrevented: true }],
  ['in a field', { target: { closest: (selector: string) => (selector.includes('input') ? {} : null) } }],
])('a key does nothing %s', (_, difference) => {
  expect(isPlainKey({ ...key, ...difference })).toBe(false);
});
