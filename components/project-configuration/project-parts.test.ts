import { expect, test } from 'vitest';
import { ProjectOverride } from '@/lib/schemas/configuration';
import { PROJECT_PART_IDS, partOf, partsOf } from './project-parts';

test('everything that a project may set has its part of the page', () => {
  expect(Object.keys(ProjectOverride.shape).filter((section) => partOf(section) === null)).toEqual([]);
});

test('a part is shown where the team allows something of it', () => {
  expect(partsOf(['retention', 'strictness'])).toEqual(['judging', 'schedule']);
  expect(partsOf([])).toEqual([]);
  expect(partsOf(['rules', 'gate'])).toEqual(PROJECT_PART_IDS.filter((part) => part === 'gate' || part === 'rules'));
});
