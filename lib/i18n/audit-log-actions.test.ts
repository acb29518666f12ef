import { expect, test } from 'vitest';
import { CHANGE_ACTIONS } from '@/lib/schemas/change-actions';
import { en } from './en';
import { ja } from './ja';

test.each([
  ['en', en],
  ['ja', ja],
] as const)('every action that the audit log takes has words of its own in %s', (_language, { auditLog }) => {
  expect(Object.keys(auditLog.actions).sort()).toEqual([...CHANGE_ACTIONS].sort());
  expect(new Set(Object.values(auditLog.actions)).size).toBe(CHANGE_ACTIONS.length);
});
