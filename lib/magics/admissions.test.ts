import { describe, expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { findAdmission } from './admissions';

describe('findAdmission', () => {
  test.each([
    ['This is an ugly hack.', 'stopgap'],
    ['Temporary fix until the bank answers', 'stopgap'],
    ['とりあえず固定値で返す', 'stopgap'],
    ['not sure why this is needed', 'doubt'],
    ['needed?', 'doubt'],
    ['There must be a better way to do this', 'doubt'],
    ['this should be moved to its own class', 'doubt'],
    ['workaround for old browsers', 'workaround'],
    ['Does not appear to be used', 'doubt'],
    ['very ugly, but works', 'doubt'],
  ])('%s: %s', (text, kind) => {
    expect(findAdmission(text)?.kind).toBe(kind);
  });

  test.each([
    'Workaround for a bug of Safari 12, see #310',
    'The client must not be freed for now.',
    'Offers a "quick fix" action',
    'Returns whether the node should be removed',
    'a better way than polling',
    'Is it a leap year?',
    'marks bugs fixed in the report',
    'Nullable: may be absent',
  ])('%s: none', (text) => {
    expect(findAdmission(text)).toBeNull();
  });

  test('documentation doubts nothing', () => {
    expect(findAdmission('Whether it is needed?', { isDocumentation: true })).toBeNull();
  });

  test('terms of a team are stopgaps as written', () => {
    expect(findAdmission('PROVISORISCH', { terms: ['PROVISORISCH'] })).toEqual({
      words: 'PROVISORISCH',
      kind: 'stopgap',
    });
  });

  test('long hostile comments take no time', () => {
    const texts = [
      'should we '.repeat(400),
      '?'.repeat(4000),
      'is there '.repeat(400),
      'perhaps '.repeat(500),
      ' '.repeat(4000),
    ];
    const before = cpuTimeMs();

    for (const text of texts) findAdmission(text);

    expect(cpuTimeMs() - before).toBeLessThan(300);
  });
});
