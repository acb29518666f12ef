import { fill } from '@/lib/i18n/fill';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import { problemText } from '@/lib/i18n/problem-text';
import { programmingLanguageName } from '@/lib/i18n/programming-languages';
import { textOf } from '@/lib/i18n/text-of';
import type { Sentence } from '@/lib/schemas/common';

/** The sentence of a check, or the text of the error code it stands for. */
export function detailText({ id, data }: Sentence, t: Messages, format: Format): string {
  const { details, preset, reasons } = t.register;
  const known = textOf(details, id);
  if (known === undefined) {
    return problemText(t, id);
  }
  const reason = typeof data.reason === 'string' ? (textOf(reasons, data.reason) ?? '') : '';
  return fill(known, {
    ...data,
    ...(typeof data.sizeBytes === 'number' && { size: format.bytes(data.sizeBytes) }),
    ...(typeof data.languages === 'string' && { languages: languageNames(data.languages) }),
    ...(typeof data.preset === 'string' && { preset: textOf(preset, data.preset) ?? data.preset }),
    ...(typeof data.strictness === 'number' && { strictness: format.number(data.strictness, 2) }),
    ...(typeof data.teamStrictness === 'number' && { teamStrictness: format.number(data.teamStrictness, 2) }),
    reason: fill(reason, {
      ...data,
      ...(typeof data.files === 'number' && { files: format.number(data.files) }),
      ...(typeof data.commits === 'number' && { commits: format.number(data.commits) }),
    }),
  }).trim();
}

function languageNames(ids: string): string {
  return ids.split(', ').map(programmingLanguageName).join(', ');
}
