import { describe, expect, test } from 'vitest';
import { matcherOf } from '@/lib/magics/own-rules/matcher';
import { OwnRule, type OwnTextRule } from '@/lib/magics/own-rules/own-rule';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { loadLanguage } from '../code/grammar';
import { compileQuery } from './compile-query';
import { matchBlob } from './match-blob';

const TEXTS = { id: 'own/x', severity: 'low', title: { en: 'x' }, why: { en: 'x' }, fix: { en: 'x' } };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function matcher(rule: object) {
  return matcherOf(OwnRule.parse({ ...TEXTS, ...rule }) as OwnTextRule);
}
const pattern = (text: string, more: object = {}) => matcher({ kind: 'pattern', pattern: text, ...more });
const query = (text: string, language = 'typescript') => matcher({ kind: 'query', language, query: text });

async function find(path: string, text: string | Uint8Array, asked: ReturnType<typeof matcher>) {
  const found = await matchBlob(path, typeof text === 'string' ? bytes(text) : text, [asked]);
  return found[asked.key] ?? null;
}
const linesOf = async (...args: Parameters<typeof find>) => (await find(...args))?.rows.map(({ line }) => line) ?? [];

describe('patterns', () => {
  test('find lines, with what matched and the text of the line', async () => {
    expect(await find('a.ts', 'let a;\n  oldClient(1);\n', pattern('old\\w+\\('))).toEqual({
      rows: [{ line: 2, endLine: 2, text: 'oldClient(1);', match: 'oldClient(' }],
      more: 0,
      unread: null,
    });
  });

  test('look where they are told: code, comments, strings or all', async () => {
    const text = 'call(secret); // secret\nconst a = "secret";\n/* secret\n secret */ b();\n';

    expect(await linesOf('a.ts', text, pattern('secret', { where: 'code' }))).toEqual([1]);
    expect(await linesOf('a.ts', text, pattern('secret', { where: 'comments' }))).toEqual([1, 3, 4]);
    expect(await linesOf('a.ts', text, pattern('secret', { where: 'strings' }))).toEqual([2]);
    expect(await linesOf('a.ts', text, pattern('secret'))).toEqual([1, 2, 3, 4]);
  });

  test('know comments and strings of languages without a grammar, and find none in prose', async () => {
    const sql = "select 'drop' -- drop\nfrom drop;\n";

    expect(await linesOf('a.sql', sql, pattern('drop', { where: 'comments' }))).toEqual([1]);
    expect(await linesOf('a.sql', sql, pattern('drop', { where: 'code' }))).toEqual([2]);
    expect(await linesOf('a.sql', sql, pattern("'drop'", { where: 'strings' }))).toEqual([1]);
    expect(await linesOf('a.md', 'drop\n', pattern('drop', { where: 'code' }))).toEqual([]);
    expect(await linesOf('a.md', 'drop\n', pattern('drop'))).toEqual([1]);
  });

  test('take blanks that stand for another part of the text for nothing', async () => {
    expect(await linesOf('a.ts', 'a(); // long comment\n', pattern('\\s{5,}', { where: 'code' }))).toEqual([]);
  });

  test('go over lines only where a flag says so', async () => {
    const text = 'try {\r\n} catch {\r\n}\r\nnext\r\n';

    expect(await find('a.ts', text, pattern('catch \\{\\s*\\}'))).toBeNull();
    expect(await find('a.ts', text, pattern('catch \\{\\s*\\}', { flags: 'm' }))).toMatchObject({
      rows: [{ line: 2, endLine: 3, match: 'catch { }', text: '} catch {' }],
    });
    expect(await linesOf('a.ts', text, pattern('^next$'))).toEqual([4]);
    expect(await linesOf('a.ts', text, pattern('try.*next', { flags: 's' }))).toEqual([1]);
    expect(await linesOf('a.ts', text, pattern('NEXT', { flags: 'i' }))).toEqual([4]);
  });

  test('know letters of every script, and characters beyond the first plane', async () => {
    expect(await find('a.txt', 'x\n顧客の𠮷野😀です\n', pattern('\\p{Han}{2,}'))).toMatchObject({
      rows: [{ line: 2, match: '顧客' }],
    });
    expect(await find('a.txt', '𠮷野😀', pattern('.😀'))).toMatchObject({ rows: [{ match: '野😀' }] });
    expect(await linesOf('a.txt', new Uint8Array([0xff, 0xfe, 0x61, 0, 0x62, 0]), pattern('^ab$'))).toEqual([1]);
  });

  test('ask no binary and nothing that is too large, and of an overlong line its beginning', async () => {
    expect(await find('a.bin', new Uint8Array([0, 1, 2, 97]), pattern('a'))).toBeNull();
    expect(await find('a.txt', 'a'.repeat(2 * 1024 ** 2 + 1), pattern('a'))).toBeNull();
    expect(await linesOf('a.js', `a${' '.repeat(30_000)}b\nb\n`, pattern('b'))).toEqual([2]);
    expect(await linesOf('a.js', `a${' '.repeat(30_000)}b\nb\n`, pattern('b', { where: 'code' }))).toEqual([]);
  });

  test('keep languages that they are not about out', async () => {
    expect(await linesOf('a.py', 'a\n', pattern('a', { languages: ['go'] }))).toEqual([]);
    expect(await linesOf('run', '#!/usr/bin/env python3\nabc\n', pattern('abc', { languages: ['python'] }))).toEqual([
      2,
    ]);
  });

  test('count what is too many to keep', async () => {
    expect(await find('a.txt', 'a\n'.repeat(1_000), pattern('a'))).toMatchObject({ rows: { length: 200 }, more: 800 });
    const whole = await find('a.txt', 'a\n'.repeat(1_000), pattern('a', { flags: 'm' }));
    expect(whole).toMatchObject({ rows: { length: 200 }, more: 800 });
  });

  test('mask credentials in what they show', async () => {
    const key = `AKIA${'QWERTYUIOPASDFGH'}`;
    const found = await find('a.ts', `const id = "${key}";\n`, pattern('AKIA\\w+'));

    expect(JSON.stringify(found)).not.toContain(key);
    expect(found?.rows).toHaveLength(1);
  });

  test.each([
    ['(a*)*b', 'a'.repeat(19_000)],
    ['(a|a)*$b', 'a'.repeat(19_000)],
    ['(a|aa)+$', `${'a'.repeat(19_000)}b`],
    ['(x+x+)+y', 'x'.repeat(19_000)],
    ['^(([a-z])+.)+[A-Z]([a-z])+$', 'a'.repeat(19_000)],
    ['(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)z', 'ab'.repeat(9_500)],
    ['(?:a?){200}a{200}', 'a'.repeat(19_000)],
  ])('take no more than the text is worth: %s', async (text, line) => {
    const before = cpuTimeMs();

    for (const flags of ['', 's']) await find('a.txt', `${line}\n`.repeat(20), pattern(text, { flags }));

    expect(cpuTimeMs() - before).toBeLessThan(20_000);
  });

  test('leave a text alone that would cost too much, and say so', async () => {
    const large = `${'a'.repeat(1_000)}\n`.repeat(1_500);

    expect(await find('a.txt', large, pattern('(a.{200}){4}b'))).toEqual({
      rows: [],
      more: 0,
      unread: 'too-much-work',
    });
  });
});

describe('queries', () => {
  const CALL = '(call_expression function: (identifier) @name (#eq? @name "eval")) @finding';

  test('find nodes', async () => {
    expect(await find('a.ts', 'a();\neval(\n  b,\n);\n', query(CALL))).toMatchObject({
      rows: [{ line: 2, endLine: 4, match: 'eval( b, )', text: 'eval(' }],
    });
    expect(await find('a.tsx', 'eval(b);\n', query(CALL))).toBeNull();
    expect(await find('a.py', 'eval(b)\n', query(CALL))).toBeNull();
  });

  test('match texts by RE2', async () => {
    const text = '((identifier) @finding (#match? @finding "^(a+)+$"))';
    const before = cpuTimeMs();

    expect(await linesOf('a.ts', `x;\naaa;\n${'a'.repeat(40)}b;\n`, query(text))).toEqual([2]);
    expect(await linesOf('a.ts', 'xx;\naaa;\n', query(text.replace('#match?', '#not-match?')))).toEqual([1]);
    expect(cpuTimeMs() - before).toBeLessThan(5_000);
  });

  test.each([
    ['(no_such_node) @finding', 'node-name', 1, 'no_such_node'],
    ['(call_expression nope: (_)) @finding', 'field-name', 17, 'nope'],
    ['(identifier @finding', 'syntax', 12, '@'],
    ['(identifier (call_expression)) @finding', 'structure', 12, '('],
    ['((identifier) @finding (#match? @finding "a(?=b)"))', 'predicate', 41, 'a(?=b)'],
    ['((identifier) @finding (#exec! @finding "a"))', 'predicate', 24, '#exec!'],
    ['((identifier) @finding (.exec? @finding "a"))', 'predicate', 24, '.exec?'],
    ['((identifier) @finding (#eq? @other "a"))', 'capture-name', 30, 'other'],
    ['((identifier) @finding (#match? "a" "b"))', 'predicate', 24, '#match?'],
    ['(identifier) @thing', 'no-finding', null, ''],
  ])('that are wrong are refused: %s', async (text, problem, position, part) => {
    const { language } = await loadLanguage('typescript');

    expect(compileQuery(language, text)).toMatchObject({ problem: { problem, position, part } });
  });

  test('never become a backtracking expression, however they are written', async () => {
    const { language } = await loadLanguage('typescript');
    for (const form of ['#match?', '.match?', '#any-match?', '#any-not-match?']) {
      const compiled = compileQuery(language, `((identifier) @finding (${form} @finding "(a+)+$"))`);
      if ('problem' in compiled) throw new Error(compiled.problem.message);
      const { textPredicates } = compiled.query as unknown as { textPredicates: unknown[][] };
      expect(textPredicates).toEqual([[]]);
      compiled.query.delete();
    }
  });

  test('that the grammar does not know are no pass', async () => {
    expect(await find('a.ts', 'a();\n', query('(no_such_node) @finding'))).toEqual({
      rows: [],
      more: 0,
      unread: 'bad-matcher',
    });
  });
});
