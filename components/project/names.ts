import type { Language, MagicId } from '@/lib/magics/types';
import type { MagicView } from '@/lib/schemas/magics';

/** Words that the server knows and the pages need, in the reader's language. */
export interface ProjectNames {
  /** Titles of a magic's groups, by group id. */
  groups: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Sentences of reasons and actions of a risk, by id. */
  remarks: Readonly<Record<string, string>>;
}

export function groupNames(magics: readonly MagicView[], language: Language): ProjectNames['groups'] {
  return Object.fromEntries(
    magics.map(({ magic, groups }) => [
      magic,
      Object.fromEntries(groups.map(({ id, title }) => [id, title[language]])),
    ]),
  );
}

export function groupName(names: ProjectNames['groups'], magic: MagicId, group: string): string {
  return names[magic]?.[group] ?? group;
}
