import { expect, test } from 'vitest';
import { magics } from './registry';

test('no two rules share an id or a catalogue number', () => {
  const rules = magics.flatMap((magic) => magic.rules);

  expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
  expect(new Set(rules.map((rule) => rule.catalogue)).size).toBe(rules.length);
});
