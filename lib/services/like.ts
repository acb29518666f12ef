import { cleanText } from '@/lib/clean-text';

/** Text to be found as it is by LIKE and its kin. */
export function escapeLike(text: string): string {
  return cleanText(text).replace(/[\\%_]/g, (character) => `\\${character}`);
}
