import type { LanguageId } from '@/lib/magics/facts/code';
import { blobPlan } from './blob-plan';
import { languageFor } from './languages/registry';
import { firstLineOf } from './text/first-line';
import { isCppHeader } from './text/header-dialect';

/** The language a file is parsed as: by its name, by the interpreter its first line asks for, a header by its text. */
export function languageOfBlob(path: string, text: string): LanguageId | null {
  const { language, lexer } = blobPlan(path);
  const named = language ?? (lexer ? null : languageFor(path, firstLineOf(text)));
  return named === 'c' && /\.h$/i.test(path) && isCppHeader(text) ? 'cpp' : named;
}
