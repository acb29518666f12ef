import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import type { ConfigurationView } from '@/lib/schemas/configuration';

/** Which version holds, by whom and since when. */
export function versionText(
  { version, changedBy, changedAt }: Pick<ConfigurationView, 'version' | 'changedBy' | 'changedAt'>,
  t: Messages,
  format: Format,
): string {
  const words = t.policy.version;
  if (version === 0 || changedAt === null) return words.never;
  return words.saved(format.number(version), changedBy?.name ?? words.somebody, format.date(changedAt));
}
