import { expect, test } from 'vitest';
import { Configuration, ProjectOverride } from './configuration';

test('the strictness is kept with two decimals, so that it equals that of a preset', () => {
  expect(Configuration.parse({ strictness: 0.8999999999999999 }).strictness).toBe(0.9);
  expect(ProjectOverride.parse({ strictness: 0.7000000000000001 })).toEqual({ strictness: 0.7 });
  expect(Configuration.parse({}).strictness).toBe(0.8);
  expect(Configuration.safeParse({ strictness: 1.001 }).success).toBe(false);
});
