import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { lexComments } from './comment-lexer';
import { LEXER_FAMILIES, lexerFamilyFor } from './lexer-families';

const lex = (path: string, text: string) => lexComments(text, LEXER_FAMILIES[lexerFamilyFor(path) ?? 'prose']);
const texts = (path: string, text: string) => lex(path, text).comments.map((comment) => comment.text);

describe('lexComments', () => {
  test('counts code, comment and blank lines', () => {
    expect(lex('a.yml', '# note\n\na: 1 # why\nb: 2\n')).toEqual({
      codeLines: 2,
      commentLines: 1,
      blankLines: 1,
      comments: [
        { line: 1, endLine: 1, text: 'note', kind: 'line' },
        { line: 3, endLine: 3, text: 'why', kind: 'line' },
      ],
    });
  });

  test.each([
    ['a.sql', "SELECT '--no' -- yes\n", ['yes']],
    ['a.lua', '--[[ block\n two ]] x = "--no" -- yes', ['block two', 'yes']],
    ['a.hs', '{- a {- b -} c -} x = "--no" -- d', ['a {- b -} c', 'd']],
    ['a.swift', 'let a = "// no" /* a /* b */ c */ // d', ['a /* b */ c', 'd']],
    ['a.scala', '/** Doc. */\nval a = """ // no\n // no"""', ['Doc.']],
    ['a.html', '<a href="x">//</a><!-- note\nmore -->', ['note more']],
    ['a.css', 'a { b: url("/*no*/") } /* yes */', ['yes']],
    ['a.toml', 'a = "# no"\nb = """\n# no\n""" # yes', ['yes']],
    ['a.ini', '; yes\na = b ; no\n# too', ['yes', 'too']],
    ['Makefile', 'all: # yes\n\techo "#no"', ['yes']],
    ['Dockerfile', '# yes\nRUN curl http://a/#no', ['yes']],
    ['main.tf', 'a = "#no" # yes\n// too\n/* three */', ['yes', 'too', 'three']],
    ['a.ex', '@doc """\n# no\n"""\n# yes', ['yes']],
    ['a.r', 'x <- "#no" # yes', ['yes']],
    ['a.clj', '; yes\n(f "; no")', ['yes']],
    ['a.md', '# no\n<!-- no -->', []],
    ['a.bat', 'REM yes\necho REM no', ['yes']],
  ])('finds the comments of %s', (path, text, expected) => {
    expect(texts(path, text)).toEqual(expected);
  });

  test('ends an open block comment with the file', () => {
    expect(lex('a.css', 'a{}\n/* open\nmore')).toMatchObject({ codeLines: 1, commentLines: 2 });
  });

  test('counts each line exactly once for any text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('a.sql', 'a.lua', 'a.hs', 'a.swift', 'a.toml', 'a.html', 'a.ps1', 'a.bat', 'a.md'),
        fc.array(
          fc.constantFrom('"', "'", '"""', '--', '[[', ']]', '{-', '-}', '/*', '*/', '<!--', '\\', '\n', ' ', 'a'),
        ),
        (path, parts) => {
          const text = parts.join('');
          const { codeLines, commentLines, blankLines } = lex(path, text);
          const lines = text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
          expect(codeLines + commentLines + blankLines).toBe(lines);
        },
      ),
    );
  });

  test('stays linear on comments made of marks', () => {
    const start = cpuTimeMs();

    lex('a.css', `/*${'*'.repeat(1_990)}x*/\n`.repeat(1_000));

    expect(cpuTimeMs() - start).toBeLessThan(1_500);
  });

  test('stays linear on nested openings without an end', () => {
    const text = '{-'.repeat(200_000) + '-}'.repeat(100_000);
    const start = cpuTimeMs();

    lex('a.hs', text);

    expect(cpuTimeMs() - start).toBeLessThan(1_500);
  });
});
