import { fill } from '@/lib/i18n/fill';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';
import type { ImportView } from '@/lib/schemas/imports';

/** Why results of a report are no findings, each with its number. */
export function leftOutTexts({ leftOut }: Pick<ImportView, 'leftOut'>, t: Messages, format: Format): string[] {
  return Object.entries(leftOut).flatMap(([reason, count]) => {
    const text = textOf(t.imports.leftOut, reason);
    return text ? [fill(text, { count: format.number(count) })] : [];
  });
}
