import { describe, expect, test } from 'vitest';
import { contrast, luminance } from './contrast';
import { dark, light, type Token, type Tokens } from './tokens';

const schemes: [string, Tokens][] = [
  ['light', light],
  ['dark', dark],
];

const BEHIND_TEXT: Token[] = ['canvas', 'surface', 'raised', 'sunken', 'hover', 'selected'];
const BEHIND_MARKS: Token[] = ['canvas', 'surface', 'sunken', 'track', 'selected'];
const PLAIN: Token[] = ['text', 'text2', 'text3'];
const COLOURED = ['accent', 'moss', 'ochre', 'verm'] as const;
const MARKS: Token[] = ['lineStrong', 'naMark', 'accentMark', 'mossMark', 'ochreMark', 'vermMark'];
const CODE: Token[] = ['codeKeyword', 'codeString', 'codeNumber', 'codeName', 'codeComment'];

const lowest = (tokens: Tokens, front: Token, behind: readonly Token[]) =>
  Math.min(...behind.map((back) => contrast(tokens[front], tokens[back])));

test('black on white has the ratio WCAG names', () => {
  expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
});

describe.each(schemes)('%s', (_, tokens) => {
  test.each(PLAIN)('%s can be read on every background', (token) => {
    expect(lowest(tokens, token, BEHIND_TEXT)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(COLOURED)('%s can be read on every background and on its own soft', (token) => {
    expect(lowest(tokens, token, [...BEHIND_TEXT, `${token}Soft`])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(MARKS)('%s is seen on every background it stands on', (token) => {
    expect(lowest(tokens, token, BEHIND_MARKS)).toBeGreaterThanOrEqual(3);
  });

  test.each(CODE)('%s can be read on code, diff and finding backgrounds', (token) => {
    expect(lowest(tokens, token, ['surface', 'canvas', 'mossSoft', 'vermSoft'])).toBeGreaterThanOrEqual(4.5);
  });

  test.each([1, 2, 3, 4, 5] as const)('the label of heat %i can be read', (step) => {
    expect(contrast(tokens[`onHeat${step}`], tokens[`heat${step}`])).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    ['onInk', 'ink', 4.5],
    ['onInk', 'inkHover', 4.5],
    ['onCrit', 'crit', 4.5],
    ['onSeal', 'seal', 3],
  ] as const)('%s on %s is at least %d', (front, back, ratio) => {
    expect(contrast(tokens[front], tokens[back])).toBeGreaterThanOrEqual(ratio);
  });

  test('heat is one ramp of luminance, so greyscale keeps its order', () => {
    const ramp = ([1, 2, 3, 4, 5] as const).map((step) => luminance(tokens[`heat${step}`]));

    const sorted = [...ramp].sort((a, b) => (tokens === light ? b - a : a - b));

    expect(ramp).toEqual(sorted);
  });
});

test.each([
  ['text3', 4.93, 4.74],
  ['accentMark', 4.41, 4.76],
  ['mossMark', 3.36, 5.01],
  ['ochreMark', 3.32, 5.33],
  ['vermMark', 3.94, 4.14],
  ['lineStrong', 3.17, 3.08],
] as const)('%s keeps its published ratios', (token, inLight, inDark) => {
  const behind = token === 'text3' ? BEHIND_TEXT : BEHIND_MARKS;

  expect(lowest(light, token, behind)).toBeCloseTo(inLight, 1);
  expect(lowest(dark, token, behind)).toBeCloseTo(inDark, 1);
});
