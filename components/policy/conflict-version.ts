import type { Messages } from '@/lib/i18n/messages';
import type { Conflict } from './use-save';

/** The version that somebody else saved, and whose it is where it is not the one that is edited. */
export function conflictVersion(
  { version, team, isOfTeam }: Conflict,
  t: Messages,
  number: (value: number) => string,
): string {
  return isOfTeam && team ? t.policy.conflict.ofTeam(number(team.version)) : number(version);
}
