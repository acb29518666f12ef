import { expect, test } from 'vitest';
import { chipState } from './chip-state';

test.each([
  ['connecting', 0, false, 'idle'],
  ['connecting', 0, true, 'connecting'],
  ['connecting', 5, false, 'connecting'],
  ['connected', 0, true, 'live'],
  ['connected', 5, false, 'idle'],
  ['offline', 0, true, 'offline'],
] as const)('%s, as of %i, running %s: the chip says %s', (state, asOf, isRunning, says) => {
  expect(chipState({ state, asOf }, isRunning)).toBe(says);
});
