import { TEAM_ROLES, type TeamRole } from '@/lib/schemas/teams';

export function isAtLeast(role: TeamRole, other: TeamRole): boolean {
  return TEAM_ROLES.indexOf(role) >= TEAM_ROLES.indexOf(other);
}

/** Roles that somebody may give: none above their own, and machines own no team. */
export function rolesToGive(own: TeamRole, kind: 'person' | 'service' = 'person'): TeamRole[] {
  return TEAM_ROLES.filter((role) => isAtLeast(own, role) && (kind === 'person' || role !== 'owner'));
}
