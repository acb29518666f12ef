import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { dataFormatFor } from './data-formats';
import { findDataErrors } from './data-syntax';
import { parseJsonc } from './json-comments';
import { findJsonFault } from './json-syntax';

const check = (path: string, text: string) => {
  const format = dataFormatFor(path);
  return format ? findDataErrors(text, format) : 'not read';
};

describe('findDataErrors', () => {
  test.each([
    ['a.json', '{\n  "a": 1,\n  "b": 2,\n}', 'json', 4],
    ['package.json', '{\n  // no\n  "a": 1\n}', 'json', 2],
    ['a.json', '{"a": 1} trailing', 'json', 1],
    ['a.json', '{"a": 01}', 'json', 1],
    ['a.json', '{"a": "x\n"}', 'json', 1],
    ['a.json', '{\n"a": [1, 2\n', 'json', 3],
    ['a.yml', 'a: 1\nb: [1, 2\nc: 3\n', 'yaml', 3],
    ['a.yml', 'a: 1\nb: 2\na: 3\n', 'yaml', 3],
    ['a.yml', 'a:\n\t- b\n', 'yaml', 2],
    ['a.toml', 'a = 1\nb = \n', 'toml', 2],
    ['a.toml', '[a]\nb = 1\nb = 2\n', 'toml', 3],
    ['a.xml', '<a>\n<b>\n</a>', 'xml', 3],
  ])('reports %s %j', (path, text, format, line) => {
    expect(check(path, text)).toMatchObject([{ format, line }]);
  });

  test.each([
    ['a.json', '{"a": [1, -2.5e10, true, null, "\\u00e9\\n"]}'],
    ['tsconfig.json', '{\n  // why\n  "a": [1, 2,], /* b */\n}'],
    ['a.json', '{"a": 1}\n{"a": 2}\n'],
    ['a.json', ''],
    ['a.json', '{{#if a}} {"a": 1} {{/if}}'],
    ['a.yml', '--- {a: 1}\n---\nb: !Custom [x]\n...\n'],
    ['a.yml', 'base: &b {x: 1}\na:\n  <<: *b\n  <<: *b\n  y: 2\n'],
    ['a.yml', 'a: {{ .Values.a }}\n  b: 1\n'],
    ['a.yml', "steps:\n- name: a\n  args: ['b', 'c',\n  '--d', 'e',\n  '-f', 'g']\nimages: ['h']\n"],
    ['chart/templates/a.yml', 'a: [\n'],
    ['a.toml', 'big = 9223372036854775807\nwhen = 1979-05-27T07:32:00Z\n'],
    ['a.xml', '<!DOCTYPE a [<!ENTITY b "c">]>\n<a>&b;<![CDATA[<x>]]></a>'],
    ['a.json5', "{a: 'b'}"],
  ])('accepts %s %j', (path, text) => {
    expect(check(path, text)).toEqual(path === 'a.json5' || path.includes('templates') ? 'not read' : []);
  });

  test('does not expand a bomb of aliases', () => {
    const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x,x]'];
    for (let at = 1; at < 40; at += 1)
      lines.push(
        `a${at}: &a${at} [${Array(10)
          .fill(`*a${at - 1}`)
          .join(',')}]`,
      );
    const start = cpuTimeMs();

    expect(check('a.yml', lines.join('\n'))).toEqual([]);
    expect(cpuTimeMs() - start).toBeLessThan(1_000);
  });

  test('stays linear on blank lines before a fault', () => {
    const start = cpuTimeMs();

    expect(check('a.json', `{${'\n'.repeat(500_000)}]`)).toHaveLength(1);
    expect(cpuTimeMs() - start).toBeLessThan(1_500);
  });

  test('does not touch prototypes', () => {
    check('a.json', '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}');
    check('a.yml', '__proto__:\n  polluted: true\n');
    check('a.toml', '[__proto__]\npolluted = true\n');

    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('survives nesting beyond any stack', () => {
    const deep = 100_000;

    expect(check('a.json', '['.repeat(deep))).toEqual([]);
    expect(check('a.yml', '['.repeat(deep))).toEqual([]);
    expect(check('a.toml', `a = ${'['.repeat(deep)}`)).toBeInstanceOf(Array);
    expect(check('a.xml', '<a>'.repeat(deep))).toBeInstanceOf(Array);
  });

  test('never throws and never leaves a control character in a message', () => {
    const noise = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc
        .array(
          fc.constantFrom(
            '{',
            '}',
            '[',
            ']',
            ':',
            ',',
            '"',
            '&a',
            '*a',
            '<<',
            '\n',
            ' ',
            '<a>',
            '</a>',
            '<!',
            '1e999',
            '-',
            '\u202e',
            '#',
            '=',
          ),
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.constantFrom('json', 'jsonc', 'yaml', 'toml', 'xml'), noise, (format, text) => {
        for (const { line, message } of findDataErrors(text, format)) {
          expect(line).toBeGreaterThan(0);
          expect(message).toMatch(/^\P{C}{1,200}$/u);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test('the JSON scanner agrees with JSON.parse', () => {
  const isValid = (text: string) => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };
  const pieces = fc.array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"a"',
      '"\\u12"',
      '1',
      '-',
      '0',
      '.5',
      'e9',
      'true',
      'nul',
      ' ',
      '\n',
      '"',
    ),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        pieces.map((parts) => parts.join('')),
        fc.json(),
      ),
      (text) => {
        expect(findJsonFault(text, false) === null).toBe(isValid(text));
      },
    ),
    { numRuns: 2_000 },
  );
});

test('JSON with comments becomes data, strings that look like comments stay', () => {
  expect(parseJsonc('{\n"a": "// no", /* x */ "b": [1, 2,], // y\n}')).toEqual({ a: '// no', b: [1, 2] });
  expect(parseJsonc('{"a": }')).toBeUndefined();
});
