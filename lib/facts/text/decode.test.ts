import { describe, expect, test } from 'vitest';
import { decodeText, hasOverlongLine, MAX_LINE_CHARACTERS } from './decode';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('decodeText', () => {
  test('reads UTF-8 and takes a byte order mark off', () => {
    expect(decodeText(Buffer.from('\ufeffé\n'))).toEqual({ text: 'é\n', encoding: 'utf-8', hasByteOrderMark: true });
  });

  test('reads UTF-16 of both byte orders', () => {
    const little = Buffer.from('\ufeffa日', 'utf16le');
    const big = Buffer.from(little).swap16();

    expect(decodeText(little)?.text).toBe('a日');
    expect(decodeText(big)).toEqual({ text: 'a日', encoding: 'utf-16be', hasByteOrderMark: true });
  });

  test('keeps text with a few invalid bytes', () => {
    expect(decodeText(Buffer.concat([Buffer.from('caf'), bytes(0xe9), Buffer.from(' au lait\n')]))?.text).toBe(
      'caf\ufffd au lait\n',
    );
  });

  test('calls a NUL or mostly invalid bytes binary', () => {
    expect(decodeText(bytes(65, 0, 66))).toBeNull();
    expect(decodeText(new Uint8Array(500).fill(0xfa))).toBeNull();
  });

  test('reads an empty blob as empty text', () => {
    expect(decodeText(bytes())?.text).toBe('');
  });
});

test('a line is overlong only beyond the limit', () => {
  const line = 'x'.repeat(MAX_LINE_CHARACTERS);

  expect(hasOverlongLine(`${line}\n${line}\n`)).toBe(false);
  expect(hasOverlongLine(`short\n${line}y`)).toBe(true);
});
