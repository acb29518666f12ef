import { fill } from '@/lib/i18n/fill';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import { programmingLanguageName } from '@/lib/i18n/programming-languages';
import type { Sentence } from '@/lib/schemas/common';

/** The sentence of a check, or the text of the error code it stands for. */
export function detailText({ id, data }: Sentence, t: Messages, format: Format): string {
  const { details } = t.register;
  const known = Object.hasOwn(details, id) ? details[id] : undefined;
  if (known === undefined) {
    const codes: Record<string, string> = t.errors.codes;
    return (Object.hasOwn(codes, id) ? codes[id] : undefined) ?? t.errors.codes.internal;
  }
  return fill(known, {
    ...data,
    ...(typeof data.sizeBytes === 'number' && { size: format.bytes(data.sizeBytes) }),
    ...(typeof data.languages === 'string' && { languages: languageNames(data.languages) }),
  });
}

function languageNames(ids: string): string {
  return ids.split(', ').map(programmingLanguageName).join(', ');
}
