import { describe, expect, test } from 'vitest';
import { messagesIn } from '@/lib/i18n/messages';
import { MAX_IMPORT_BYTES } from '@/lib/schemas/import-limits';
import { categoryProblem, commitProblem, fileProblem } from './check-upload';

const t = messagesIn('en');
const { invalid } = t.imports.upload;

describe('a report to import', () => {
  test('is a file with something in it, of a size that is taken', () => {
    expect(fileProblem(t, null)).toBe(invalid.file);
    expect(fileProblem(t, { size: 0 })).toBe(invalid.empty);
    expect(fileProblem(t, { size: MAX_IMPORT_BYTES + 1 })).toBe(invalid.large);
    expect(fileProblem(t, { size: MAX_IMPORT_BYTES })).toBeNull();
  });

  test('is of a commit named in full, as Git writes it', () => {
    expect(commitProblem(t, 'main')).toBe(invalid.commit);
    expect(commitProblem(t, 'a371447')).toBe(invalid.commit);
    expect(commitProblem(t, ` ${'A'.repeat(40)}\n`)).toBeNull();
    expect(commitProblem(t, 'b'.repeat(64))).toBeNull();
  });

  test('has a category of at most so many characters, or none', () => {
    expect(categoryProblem(t, '')).toBeNull();
    expect(categoryProblem(t, 'x'.repeat(61))).toBe(invalid.category);
  });
});
