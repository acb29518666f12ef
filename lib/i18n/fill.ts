import { showHidden } from '@/lib/magics/hidden-text';

const PLACE = /\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g;

/**
 * Puts `data` in the `{places}` of a text; `{count|file is|files are}` chooses by a number that is one or not. A place without
 * data stays readable instead of vanishing, and all that others wrote is seen.
 */
export function fill(text: string, data: Readonly<Record<string, string | number>>): string {
  return text.replace(PLACE, (place, name: string, one?: string, many?: string) => {
    if (one !== undefined && many !== undefined) return Number(data[name]) === 1 ? one : many;
    return Object.hasOwn(data, name) ? showHidden(String(data[name])) : place;
  });
}

/** The words a text has whatever its data, in parts that are not broken by any. */
export function wordsOf(text: string): string[] {
  const forms = ['$2', '$3'].map((form) =>
    text.replace(PLACE, (place) => (place.includes('|') ? place.replace(PLACE, form) : '\n')),
  );
  return [...new Set(forms.flatMap((form) => form.split('\n')))];
}
