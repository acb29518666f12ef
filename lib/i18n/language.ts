import { LANGUAGES, type Language } from '@/lib/magics/types';

export const LANGUAGE_COOKIE = 'elder-language';
export const TIME_ZONE_COOKIE = 'elder-timezone';

/** The chosen language, else the first of `Accept-Language` we speak, else English. */
export function chooseLanguage(chosen: string | undefined, acceptLanguage: string | null): Language {
  const known = LANGUAGES.find((language) => language === chosen);
  return known ?? preferred(acceptLanguage ?? '') ?? 'en';
}

function preferred(header: string): Language | undefined {
  const ranked = header
    .split(',')
    .map((entry, position) => {
      const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality), position };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.position - b.position);
  return ranked.flatMap(({ language }) => LANGUAGES.find((known) => known === language) ?? [])[0];
}

/** A zone name `Intl` accepts, else UTC. */
export function chooseTimeZone(name: string | undefined): string {
  if (!name || name.length > 64) return 'UTC';
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
