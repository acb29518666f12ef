import type { MagicId } from '@/lib/magics/types';
import type { MagicCard } from '@/lib/schemas/audits';

/** By what can be done about it, most urgent first. */
export const SKIPPED_GROUPS = ['error', 'unread', 'setup', 'informational', 'undecided', 'nothing'] as const;
export type SkippedGroup = (typeof SKIPPED_GROUPS)[number];

export type Skipped = MagicCard['skipped'][number] & { magic: MagicId };

/** Reasons shared by all rules; those of one rule's own words are about its evidence. */
const GROUP_OF: Readonly<Record<string, SkippedGroup>> = {
  threw: 'error',
  'fact-missing': 'unread',
  shallow: 'unread',
  'not-recognised': 'unread',
  'own-not-asked': 'unread',
  'own-unread': 'unread',
  'no-provider': 'setup',
  'host-scope': 'setup',
  'host-untold': 'setup',
  'host-limit': 'setup',
  'host-refused': 'setup',
  'host-down': 'setup',
  'no-audits': 'setup',
  'no-advisories': 'setup',
  'no-subjects': 'nothing',
};

/** Rules that were not evaluated, in the order of the magics, grouped; groups without any are left out. */
export function groupSkipped(
  cards: readonly Pick<MagicCard, 'magic' | 'skipped'>[],
  magic: MagicId | null,
): { group: SkippedGroup; rules: Skipped[] }[] {
  const all = cards
    .filter((card) => magic === null || card.magic === magic)
    .flatMap((card) => card.skipped.map((rule): Skipped => ({ ...rule, magic: card.magic })));
  return SKIPPED_GROUPS.map((group) => ({
    group,
    rules: all.filter((rule) => groupOf(rule) === group),
  })).filter(({ rules }) => rules.length > 0);
}

function groupOf({ isInformational, reason }: Skipped): SkippedGroup {
  return isInformational ? 'informational' : (GROUP_OF[reason] ?? 'undecided');
}
