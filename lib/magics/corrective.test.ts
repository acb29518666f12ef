import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { isCorrective } from './corrective';

describe('isCorrective', () => {
  test.each([
    ['Fix crash on empty input', ''],
    ['fix(pay): round up', ''],
    ['Do not free skb twice', 'It fails with an oops when the device is gone.'],
    ['Merge pull request #7 from ann/fix-login', 'Correct the wrong redirect after login'],
    ['Revert "Use the new parser"', 'This reverts commit 0123456789abcdef.'],
    ['バグを修正する', ''],
  ])('%s mends', (subject, body) => {
    expect(isCorrective({ subject, body })).toBe(true);
  });

  test.each([
    ['Add the rates of 2025', ''],
    ['docs: fix typo in readme', ''],
    ['Fix whitespace', ''],
    ['Refactor the parser', 'Moves it to a file of its own.'],
    ['Bump version to 2.1.0', ''],
    ['利率を追加する', ''],
  ])('%s does not', (subject, body) => {
    expect(isCorrective({ subject, body })).toBe(false);
  });

  test('long hostile messages take no time', () => {
    const before = cpuTimeMs();

    for (const text of ['fixes '.repeat(1000), '['.repeat(5000), `Merge '${'a/'.repeat(3000)}`, ' from '.repeat(1000)])
      isCorrective({ subject: text, body: text });

    expect(cpuTimeMs() - before).toBeLessThan(300);
  });
});
