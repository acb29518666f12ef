import { expect, test } from 'vitest';
import type { HotspotFileView } from '@/lib/schemas/maps';
import { byHeat, heatSteps } from './heat';

function file(path: string, part: Partial<HotspotFileView> = {}): HotspotFileView {
  const none = { revisions: null, fixes: null, churn: null, authors: null, risk: null };
  return { path, component: '.', codeLines: 10, complexity: 1, ...none, ...part };
}

test('splits files in fifths, the largest values hottest', () => {
  const files = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((fixes) => file(`${fixes}.ts`, { fixes }));

  const steps = heatSteps(files, 'fixes');

  expect(files.map(({ path }) => steps.get(path))).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
});

test('gives equal values the same colour and nothing the coolest', () => {
  const steps = heatSteps([file('a', { fixes: 0 }), file('b', { fixes: 2 }), file('c', { fixes: 2 })], 'fixes');

  expect([...steps.values()]).toEqual([1, 5, 5]);
});

test('leaves files without history without a colour, and puts them last', () => {
  const files = [file('a'), file('b', { risk: 0.2 }), file('c', { risk: 0.9 })];

  expect(heatSteps(files, 'risk').get('a')).toBeNull();
  expect(byHeat(files, 'risk').map(({ path }) => path)).toEqual(['c', 'b', 'a']);
});
