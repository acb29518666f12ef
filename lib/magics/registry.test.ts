import { expect, test } from 'vitest';
import { magics } from './registry';

/** What the catalogue asks under one number may take several rules. */
const NUMBER = /^(?:INT|TDD|FLW|GIT|SRV|PRD)-\d\d$|^SAG-[KTIRC]\d$|^STR-[SLPXMCD]\d$/;

test('no two rules share an id, and each names its place in the catalogue', () => {
  const rules = magics.flatMap((magic) => magic.rules);

  expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
  expect(rules.map(({ catalogue }) => catalogue).filter((number) => !NUMBER.test(number))).toEqual([]);
});
