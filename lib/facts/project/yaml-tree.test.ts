import { describe, expect, test } from 'vitest';
import { child, readYaml, textOf, textsOf } from './yaml-tree';

describe('readYaml', () => {
  test('keeps scalars as they are written, with lines', () => {
    const root = readYaml('a: 1.10\nb: yes\nc: "x"\nd: >\n  two\n  words\n');

    expect(['a', 'b', 'c', 'd'].map((key) => textOf(child(root, key)))).toEqual(['1.10', 'yes', 'x', 'two words\n']);
    expect(child(root, 'd')?.line).toBe(4);
  });

  test('follows aliases and merges, own keys first', () => {
    const root = readYaml('base: &b {x: 1, y: 2}\na:\n  <<: *b\n  y: 3\nlist: &l [p, q]\nagain: *l\n');

    expect(textOf(child(root, 'a', 'x'))).toBe('1');
    expect(textOf(child(root, 'a', 'y'))).toBe('3');
    expect(textsOf(child(root, 'again'))).toEqual(['p', 'q']);
  });

  test('refuses a bomb of aliases', () => {
    const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
    for (let at = 1; at < 12; at += 1)
      lines.push(
        `a${at}: &a${at} [${Array(10)
          .fill(`*a${at - 1}`)
          .join(',')}]`,
      );

    expect(readYaml(lines.join('\n'))).toBeNull();
  });

  test('refuses an alias of what holds it', () => {
    expect(readYaml('a: &a\n  b: *a\n')).toBeNull();
  });

  test('keeps keys named like prototypes as data', () => {
    const root = readYaml('__proto__: {polluted: x}\nconstructor: {prototype: {polluted: x}}\n');

    expect(textOf(child(root, '__proto__', 'polluted'))).toBe('x');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('refuses broken and oversized texts', () => {
    expect(readYaml('a: [1')).toBeNull();
    expect(readYaml(`a: ${'x'.repeat(300_000)}`)).toBeNull();
    expect(readYaml('[')).toBeNull();
  });
});
