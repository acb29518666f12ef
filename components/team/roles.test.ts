import { expect, test } from 'vitest';
import { isAtLeast, ROLES } from '@/lib/auth/permissions';
import { isAtLeast as isAtLeastOnScreen, rolesToGive } from './roles';

test('screens order roles as the table of permissions does', () => {
  for (const role of ROLES) {
    expect(ROLES.map((other) => isAtLeastOnScreen(role, other))).toEqual(ROLES.map((other) => isAtLeast(role, other)));
  }
});

test('nobody is offered a role above their own, and no machine a team', () => {
  expect(rolesToGive('admin')).toEqual(['viewer', 'member', 'admin']);
  expect(rolesToGive('owner')).toContain('owner');
  expect(rolesToGive('owner', 'service')).toEqual(['viewer', 'member', 'admin']);
});
