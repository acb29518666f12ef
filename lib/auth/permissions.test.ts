import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { createContext } from './context';
import { hasPermission, type Role, requirePermission, type Scope, visibleTeams } from './permissions';

const TEAM = '0193a0de-0000-7000-8000-000000000001';
const OTHER = '0193a0de-0000-7000-8000-000000000002';

function asker(role: Role, scopes: Scope[] | null = null) {
  const log = pino({ level: 'silent' });
  return createContext({ userId: 'u', roles: new Map([[TEAM, role]]), scopes, requestId: 'request-1', log });
}

describe('permissions', () => {
  test.each([
    ['viewer', 'project.read', true],
    ['viewer', 'audit.run', false],
    ['member', 'audit.run', true],
    ['member', 'project.manage', false],
    ['admin', 'team.manage', true],
    ['admin', 'team.delete', false],
    ['owner', 'team.delete', true],
  ] as const)('a %s asking for %s gets %s', (role, permission, expected) => {
    expect(hasPermission(asker(role), TEAM, permission)).toBe(expected);
  });

  test('a token may do no more than its scopes say, whatever the role', () => {
    const ctx = asker('owner', ['read']);

    expect(hasPermission(ctx, TEAM, 'project.read')).toBe(true);
    expect(hasPermission(ctx, TEAM, 'audit.run')).toBe(false);
  });

  test('another team is not found, so that its existence stays hidden', () => {
    expect(() => requirePermission(asker('owner'), OTHER, 'project.read')).toThrow(
      expect.objectContaining({ code: 'not_found' }),
    );
  });

  test('a lesser role in the own team is forbidden and hears which role it takes', () => {
    expect(() => requirePermission(asker('viewer'), TEAM, 'audit.run')).toThrow(
      expect.objectContaining({ code: 'forbidden', details: { permission: 'audit.run', leastRole: 'member' } }),
    );
  });

  test('lists hold the teams in which the asker may read', () => {
    expect(visibleTeams(asker('viewer'), 'project.read')).toEqual([TEAM]);
    expect(visibleTeams(asker('viewer'), 'audit.run')).toEqual([]);
  });

  test('a list asked for with a token of another scope is forbidden, filter or not', () => {
    const ctx = asker('owner', ['write']);

    for (const teamId of [undefined, TEAM]) {
      expect(() => visibleTeams(ctx, 'project.read', teamId)).toThrow(expect.objectContaining({ code: 'forbidden' }));
    }
  });
});
