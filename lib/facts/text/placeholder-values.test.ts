import { expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { findPlaceholders } from './placeholder-values';

test.each([
  ['password: CHANGE_ME', 'value'],
  ['export TOKEN=<your-token>', 'value'],
  ['"apiKey": "YOUR_API_KEY",', 'value'],
  ['  - url: https://api.example.com/v1', 'host'],
  ['url = "https://yourdomain.com"', 'host'],
  ['body: Lorem ipsum dolor sit amet', 'filler'],
])('reads the setting %j', (line, form) => {
  expect(findPlaceholders(`a: 1\n${line}\n`, [], true)).toMatchObject([{ line: 2, form }]);
});

test.each([
  ['a remark', '# password: CHANGE_ME'],
  ['a real value', 'password: change-of-plans'],
  ['a reference', 'url: https://example.com.pay.internal'],
  ['help', 'help: "YOUR_API_KEY"'],
])('does not read %s', (_name, line) => {
  expect(findPlaceholders(`${line}\n`, [], true)).toEqual([]);
});

test('reads literals of code, not what they are compared with, listed in or talked about', () => {
  const code = [
    "const key = 'YOUR_API_KEY';",
    "if (key === 'changeme') stop();",
    "const WEAK = ['admin', 'changeme'];",
    "// const old = 'changeme';",
    "const host = 'https://example.com';",
  ].join('\n');

  expect(findPlaceholders(code, [{ line: 4, endLine: 4 }], false).map(({ line }) => line)).toEqual([1]);
});

test('hostile text takes no longer than its length allows', () => {
  const lines = [
    `${'-'.repeat(500)}change`,
    `${'a:'.repeat(400)}change`,
    `${'"'.repeat(900)}change`,
    `a: ${' '.repeat(900)}change`,
  ];
  const start = cpuTimeMs();

  for (const line of lines) findPlaceholders(`${line}\n`.repeat(1_000), [], true);

  expect(cpuTimeMs() - start).toBeLessThan(2_000);
});
