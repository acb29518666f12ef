import type { Configuration, PresetKey } from '@/lib/schemas/configuration';
import type { Change } from './changes';

/** A saved version as the editor holds it. */
export interface HeldVersion {
  version: number;
  configuration: Configuration;
  preset: PresetKey | null;
  /** For a project: what its settings lie on. Held with them, or what the team changed since would pass for the project's own. */
  team?: { version: number; configuration: Configuration };
}

/** Whether what the server has now is newer than what is held, in the project or beneath it. */
export function isNewer(now: HeldVersion, held: HeldVersion): boolean {
  return now.version > held.version || (now.team?.version ?? 0) > (held.team?.version ?? 0);
}

/** The changes that can still be made: a team may have closed some settings to its projects. */
export function openChanges(changes: readonly Change[], { team }: HeldVersion): readonly Change[] {
  const open: readonly string[] | undefined = team?.configuration.overrides;
  return open ? changes.filter(({ path: [part = ''] }) => open.includes(part)) : changes;
}
