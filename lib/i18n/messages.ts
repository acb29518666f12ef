import type { Language } from '@/lib/magics/types';
import { en } from './en';
import { ja } from './ja';

export type Messages = typeof en;

const dictionaries: Record<Language, Messages> = { en, ja };

export function messagesIn(language: Language): Messages {
  return dictionaries[language];
}
