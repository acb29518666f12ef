import { fill } from '@/lib/i18n/fill';
import type { Messages } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';
import type { ProjectPreview } from '@/lib/schemas/configuration';

/** Why there are no numbers for a project. */
export function unavailableText({ unavailable }: Pick<ProjectPreview, 'unavailable'>, t: Messages): string {
  const { unavailable: words, unknown } = t.policy.preview;
  return unavailable ? fill(textOf(words, unavailable.id) ?? unknown, unavailable.data) : unknown;
}
