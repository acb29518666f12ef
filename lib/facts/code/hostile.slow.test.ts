import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LanguageId } from '@/lib/magics/facts/code';
import { collectCode } from './collect-code';

const LANGUAGES: LanguageId[] = [
  'typescript',
  'tsx',
  'javascript',
  'python',
  'go',
  'java',
  'rust',
  'c',
  'cpp',
  'csharp',
  'ruby',
  'php',
  'kotlin',
  'bash',
];

const WORDS = [
  ...[
    'if',
    'else',
    'for',
    'while',
    'return',
    'function',
    'def',
    'fn',
    'func',
    'class',
    'try',
    'catch',
    'except',
    'rescue',
  ],
  ...[
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    ';',
    ':',
    ',',
    '.',
    '=>',
    '->',
    '==',
    '&&',
    '||',
    '=',
    '"',
    "'",
    '`',
    '#',
    '//',
    '/*',
    '*/',
  ],
  ...[
    '\n',
    '\n  ',
    '\t',
    ' ',
    'a',
    'b',
    '1',
    '@Test',
    '#[test]',
    'it',
    '"x"',
    '<?php ',
    'end',
    'do',
    '\u0000',
    '\ud800',
    '漢字',
  ],
];

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fc.constantFrom(...WORDS), { maxLength: 120 }).map((words) => words.join(' ')),
);

describe.each(LANGUAGES)('%s', (language) => {
  test('any text is read or skipped, the same each time, with lines inside the text', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (source) => {
        const facts = await collectCode(source, language);
        if ('skipped' in facts) return;

        const lines = source.split('\n').length;
        expect(facts.codeLines + facts.commentLines + facts.blankLines).toBeLessThanOrEqual(lines);
        expect(facts.functions.every(({ line, endLine }) => line >= 1 && endLine >= line && endLine <= lines)).toBe(
          true,
        );
        expect(await collectCode(source, language)).toEqual(facts);
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  test('deep nesting does not end the process', async () => {
    const deep = `${'('.repeat(5000)}1${')'.repeat(5000)}`;
    const blocks = `${'{'.repeat(5000)}${'}'.repeat(5000)}`;

    const facts = await Promise.all([collectCode(deep, language), collectCode(blocks, language)]);

    expect(facts).toHaveLength(2);
  });
});

test('text beyond the limit is skipped', async () => {
  const facts = await collectCode('a'.repeat(10 * 1024 * 1024), 'javascript');

  expect(facts).toEqual({ skipped: 'timeout' });
});

test('a hundred thousand parentheses are read', async () => {
  const facts = await collectCode(`const a = ${'('.repeat(100_000)}1${')'.repeat(100_000)};`, 'typescript');

  expect(facts).toMatchObject({ codeLines: 1 });
});

test('a long chain of operators is read', async () => {
  const facts = await collectCode(`const a = ${'b && '.repeat(30_000)}c;`, 'typescript');

  expect(facts).toMatchObject({ codeLines: 1 });
});

test('thousands of functions inside one another are read', async () => {
  const facts = await collectCode(`${'function f(a) {'.repeat(3000)}${'}'.repeat(3000)}`, 'javascript');

  expect('functions' in facts && facts.functions.length).toBe(3000);
});
