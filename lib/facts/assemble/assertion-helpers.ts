import type { FileRole, LanguageId, TestFact } from '@/lib/magics/facts/code';
import type { BlobTest } from '../blob-facts';
import type { StoredBlob } from '../packed-blob';

/** Languages that call one another's functions share their helpers. */
const FAMILY: Partial<Record<LanguageId, string>> = {
  typescript: 'js',
  tsx: 'js',
  javascript: 'js',
  c: 'c',
  cpp: 'c',
  java: 'jvm',
  kotlin: 'jvm',
};

export interface TestRows {
  add(path: string, role: FileRole, facts: StoredBlob): void;
  /** Once, after the last file. */
  finish(): TestFact[];
}

/**
 * Tests with the assertions of helpers they call by name. Names are not resolved: the helper that asserts least under a
 * name speaks for it, and a helper counts once however often it is called.
 */
export function createTestRows(): TestRows {
  const helpers = new Map<string, number>();
  const tests: TestFact[] = [];
  const callers: { test: TestFact; language: LanguageId | null; calls: BlobTest['calls'] }[] = [];
  return {
    add(path, role, { language, assertionHelpers, tests: rows }) {
      for (const { name, assertions } of assertionHelpers) {
        const key = helperKey(language, name);
        const known = helpers.get(key);
        if (assertions > 0 && (known === undefined || assertions < known)) helpers.set(key, assertions);
      }
      for (const { calls, ...row } of rows) {
        const test: TestFact = { path, role, ...row, calls: [] };
        tests.push(test);
        if (calls.length > 0) callers.push({ test, language, calls });
      }
    },
    finish() {
      for (const { test, language, calls } of callers) {
        for (const call of calls) test.assertions += helpers.get(helperKey(language, call)) ?? 0;
        if (test.assertions === 0) test.calls = calls;
      }
      return tests;
    },
  };
}

function helperKey(language: LanguageId | null, name: string): string {
  const bare = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':'), name.lastIndexOf('>')) + 1);
  return `${(language && FAMILY[language]) ?? language ?? ''}:${bare}`;
}
