import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OSV_ECOSYSTEMS } from '../advisory-data';
import { compareVersions } from './compare-versions';

/** Each list from the lowest to the highest; versions in one place are equal. */
const ORDERS = {
  npm: [
    '0.0.1',
    '0.9',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0 1.0.0+build 1 v1.0',
    '1.2.9',
    '1.10.0',
    '2.0.0',
  ],
  'crates.io': ['0.7.0-beta', '0.7.0', '0.10.0'],
  Go: ['0.0.0-20200101000000-aaaaaaaaaaaa', '0.0.0-20210101000000-aaaaaaaaaaaa', '0.1.0', '1.21.0-rc.1', '1.21.0'],
  NuGet: ['1.0.0-Alpha 1.0.0-alpha', '1.0.0 1.0.0.0', '1.0.0.1', '12.0.3', '13.0.1-beta1', '13.0.1'],
  PyPI: [
    '1.dev0',
    '1.0.dev456',
    '1.0a1',
    '1.0a2.dev456',
    '1.0a12.dev456',
    '1.0a12',
    '1.0b1.dev456',
    '1.0b2',
    '1.0b2.post345.dev456',
    '1.0b2.post345',
    '1.0rc1.dev456',
    '1.0rc1 1.0-c1 1.0.RC.1',
    '1.0 1 1.0.0',
    '1.0+abc.5',
    '1.0+5',
    '1.0.post456.dev34',
    '1.0.post456 1.0-456',
    '1.0.15',
    '1.1.dev1',
    '1!0.1',
  ],
  RubyGems: ['1.0.a', '1.0.a.2', '1.0.b1', '1.0.rc1 1.0.rc.1', '1.0 1 1.0.0', '1.0.1', '1.9.3', '1.10'],
  Packagist: [
    '1.0.0-dev',
    '1.0.0-alpha1',
    '1.0.0-alpha3',
    '1.0.0-beta',
    '1.0.0-RC1',
    '1.0.0 v1.0 1.0.0.0',
    '1.0.0-p1',
    '1.0.1',
    '1.10',
  ],
  Maven: [
    '1-alpha-1 1-a1',
    '1-beta1',
    '1-milestone1 1-m1',
    '1-rc 1-cr',
    '1-SNAPSHOT',
    '1 1.0 1.0.0 1-ga 1.final',
    '1-sp',
    '1-foo',
    '1-1',
    '1.1-rc1',
    '1.1',
    '1.1.1',
    '1.2',
    '1.10',
    '2.9.9.Final 2.9.9',
    '2.10',
  ],
} as const;

describe.each(OSV_ECOSYSTEMS)('%s', (ecosystem) => {
  const places = ORDERS[ecosystem].map((place) => place.split(' '));

  test('orders versions as its package manager does', () => {
    const wrong: string[] = [];
    for (const [at, group] of places.entries()) {
      for (const [other, others] of places.entries()) {
        for (const a of group) {
          for (const b of others) {
            const order = compareVersions(ecosystem, a, b);
            if (order !== Math.sign(at - other)) wrong.push(`${a} ${b} ${order}`);
          }
        }
      }
    }

    expect(wrong).toEqual([]);
  });

  test('answers for any text, the other way round when asked so', () => {
    const part = fc.oneof(
      fc.constantFrom('.', '-', '1', '0', '10', 'a', 'rc', 'dev', '+', 'v', '!'),
      fc.string({ maxLength: 3 }),
    );
    const version = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(version, version, (a, b) => {
        const order = compareVersions(ecosystem, a, b);
        const back = compareVersions(ecosystem, b, a);
        expect(order === null ? back : (back ?? Number.NaN) + order).toBe(order === null ? null : 0);
      }),
      { numRuns: 300 },
    );
  });

  test('takes no text for a version that is none', () => {
    for (const text of ['', 'main', '../x', '1..2', 'x'.repeat(10_000)].filter(
      (one) => ecosystem !== 'Maven' || !/^[a-z1]/.test(one),
    )) {
      expect(compareVersions(ecosystem, text, '1.0.0')).toBeNull();
    }
  });
});
