import { expect, test } from 'vitest';
import { filterUpdate } from './deliveries';
import type { AuditUpdate } from './events';

function update(overrides: Partial<NonNullable<AuditUpdate['magic']>> = {}): AuditUpdate {
  const counts = { critical: 0, high: 1, medium: 0, low: 0, info: 0 };
  const magic = { magic: 'tdd', status: 'failed', counts, ...overrides } as NonNullable<AuditUpdate['magic']>;
  return { projectId: 'p', teamId: 't', auditId: 'a', number: 1, sequence: 7, magic } as AuditUpdate;
}

test('without a filter the update is whole', () => {
  expect(filterUpdate(update(), null)).toEqual(update());
});

test('another magic is left out and the number kept, so that no gap appears', () => {
  expect(filterUpdate(update(), { magics: ['git'] })).toEqual({ ...update(), magic: null });
});

test('a magic without findings of the severities asked for is left out', () => {
  expect(filterUpdate(update(), { severities: ['critical'] }).magic).toBeNull();
  expect(filterUpdate(update(), { severities: ['high'] }).magic).not.toBeNull();
});

test('a magic that begins to run is told whatever the severities', () => {
  expect(filterUpdate(update({ status: 'running' }), { severities: ['critical'] }).magic).not.toBeNull();
});
