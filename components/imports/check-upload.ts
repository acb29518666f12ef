import type { Messages } from '@/lib/i18n/messages';
import { LONGEST_CATEGORY, MAX_IMPORT_BYTES } from '@/lib/schemas/import-limits';

const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** What is wrong with the file before it is sent; the rest is for the server to say. */
export function fileProblem(t: Messages, file: Pick<File, 'size'> | null): string | null {
  const words = t.imports.upload.invalid;
  if (!file) return words.file;
  if (file.size === 0) return words.empty;
  return file.size > MAX_IMPORT_BYTES ? words.large : null;
}

export function commitProblem(t: Messages, commit: string): string | null {
  return COMMIT.test(commit.trim().toLowerCase()) ? null : t.imports.upload.invalid.commit;
}

export function categoryProblem(t: Messages, category: string): string | null {
  return category.trim().length > LONGEST_CATEGORY ? t.imports.upload.invalid.category : null;
}
