import { expect, test } from 'vitest';
import { weaknessesOf } from './weaknesses';

test('the long lists of a rule are read once, however many results it has', () => {
  let read = 0;
  const properties = {
    get tags() {
      read += 1;
      return [...Array.from({ length: 99 }, () => 'cwe'.repeat(66)), 'external/cwe/cwe-095'];
    },
  };
  const rule = { properties, relationships: [{ target: { id: '79', toolComponent: { name: 'CWE' } } }] };

  const found = [undefined, 'CWE-89', 'CWE-79'].map((cwe) => weaknessesOf(rule, { properties: { cwe } }));

  expect(found).toEqual([
    [79, 95],
    [79, 89, 95],
    [79, 95],
  ]);
  expect(read).toBe(1);
});
