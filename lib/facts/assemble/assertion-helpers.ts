import type { FileRole, LanguageId, TestFact } from '@/lib/magics/facts';
import type { BlobFacts } from '../blob-facts';

interface TestedFile {
  path: string;
  role: FileRole;
  facts: BlobFacts;
}

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

/**
 * Tests with the assertions of helpers they call by name. Names are not resolved: the helper that asserts least under a
 * name speaks for it, and a helper counts once however often it is called.
 */
export function addHelperAssertions(files: readonly TestedFile[]): TestFact[] {
  const helpers = new Map<string, number>();
  for (const { facts } of files) {
    for (const { name, assertions } of facts.assertionHelpers) {
      const key = helperKey(facts.language, name);
      const known = helpers.get(key);
      if (assertions > 0 && (known === undefined || assertions < known)) helpers.set(key, assertions);
    }
  }
  const tests: TestFact[] = [];
  for (const { path, role, facts } of files) {
    for (const { calls, ...test } of facts.tests) {
      let { assertions } = test;
      for (const call of calls) assertions += helpers.get(helperKey(facts.language, call)) ?? 0;
      tests.push({ path, role, ...test, assertions });
    }
  }
  return tests;
}

function helperKey(language: LanguageId | null, name: string): string {
  const bare = name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf(':'), name.lastIndexOf('>')) + 1);
  return `${(language && FAMILY[language]) ?? language ?? ''}:${bare}`;
}
