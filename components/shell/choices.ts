import type { IconName } from '@/components/marks/Icon';
import type { Mode } from '@/components/theme/mode';
import type { Language } from '@/lib/magics/types';

/** A language is named in itself, whatever the page's. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', ja: '日本語' };
export const LANGUAGE_SHORT: Record<Language, string> = { en: 'EN', ja: '日本語' };
export const MODE_ICONS: Record<Mode, IconName> = { system: 'system', light: 'sun', dark: 'moon' };
