import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutCommits, runsOf } from './commit-runs';

const commitIds = fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{40}$/), { minLength: 1, maxLength: 400 });

test('runs hold every commit once, in order', () => {
  fc.assert(
    fc.property(commitIds, (ids) => {
      expect(cutCommits(ids).flat()).toEqual(ids);
    }),
  );
});

test('a new commit leaves all runs but its own as they were', () => {
  fc.assert(
    fc.property(commitIds, fc.stringMatching(/^[0-9a-f]{40}$/), fc.nat(), (ids, id, at) => {
      fc.pre(!ids.includes(id));
      const place = at % (ids.length + 1);
      const before = new Set(runsOf(cutCommits(ids), 'brief').map(({ key }) => key));
      const after = runsOf(cutCommits([...ids.slice(0, place), id, ...ids.slice(place)]), 'brief');

      const changed = after.filter(({ key }) => !before.has(key));
      // It may begin a run of its own, and so end the one it came into.
      expect(changed.length).toBeLessThanOrEqual(2);
    }),
  );
});

test('commits that never begin a run are cut all the same', () => {
  const ids = Array.from({ length: 1_100 }, (_, index) => `ff${String(index).padStart(38, '0')}`);

  expect(cutCommits(ids).map((cut) => cut.length)).toEqual([76, 512, 512]);
});

test('what one repository says is not kept for another, nor one reading for another', () => {
  const keys = [
    ...runsOf([['a'.repeat(40)]], 'brief'),
    ...runsOf([['a'.repeat(40)]], 'full'),
    ...runsOf([['a'.repeat(40)]], 'brief', '/srv/one.git'),
    ...runsOf([['a'.repeat(40)]], 'brief', '/srv/two.git'),
  ].map(({ key }) => key);

  expect(new Set(keys).size).toBe(keys.length);
});
