import type { FileFact, ImportFact, TestFact } from './facts/code';
import { baseName, directoryOf, extensionOf, languageOfPath } from './paths';

/** Which production file a test belongs to, by name and by import. */

export interface TestMap {
  /** Production path → test files that carry its name, sorted. */
  byName: ReadonlyMap<string, readonly string[]>;
  /** By name, by import (through one index file), by a test inside, or by a Go test of its package. */
  isTested(path: string): boolean;
}

type Needed = {
  files: readonly Pick<FileFact, 'path' | 'role'>[];
  tests: readonly Pick<TestFact, 'path'>[];
  imports: readonly Pick<ImportFact, 'path' | 'role' | 'target'>[];
};

/** Files named after what holds them: their directory is their name. */
const INDEX_STEMS = new Set(['index', '__init__', 'mod', 'lib', 'main']);
const TEST_MARK = /^(?:tests?[-_.])|(?:[-_.](?:tests?|specs?|e2e|cy|unittests?|bench))+$/gi;
const CAMEL_MARK = /^Test(?=[A-Z])|(?:Tests?|TestCase|Specs?|IT)$/g;
const KIND_MARK = /[._-](?:int|unit|integration|functional|it|browser|node|server|client|ssr)$/i;

/**
 * Names a test may be about, likeliest first: `foo` of `foo.test.ts`, `test_foo.py`, `FooTest.java`; plain names stay.
 * Lower case, without separators.
 */
export function subjectStems(path: string): string[] {
  const name = baseName(path);
  const bare = name.replace(/(?:\.d)?\.[A-Za-z0-9]+$/, '');
  const cut = bare.replace(TEST_MARK, '').replace(CAMEL_MARK, '') || bare;
  const plain = cut.replace(KIND_MARK, '');
  return [...new Set([cut, plain])].map((stem) => stem.toLowerCase().replace(/[-_.]/g, ''));
}

function productionStems(path: string): string[] {
  const bare = baseName(path).replace(/\.[A-Za-z0-9]+$/, '');
  const directory = baseName(directoryOf(path)).toLowerCase().replace(/[-_.]/g, '');
  if (INDEX_STEMS.has(bare.toLowerCase())) return directory === '' ? [] : [directory];
  return [bare.toLowerCase().replace(/[-_.]/g, '')];
}

/** Languages that test one another: a `.js` test may cover a `.ts` file. */
function family(path: string): string {
  const language = languageOfPath(path);
  if (language === 'tsx' || language === 'javascript') return 'typescript';
  if (language === 'kotlin') return 'java';
  if (language === 'c') return 'cpp';
  return language ?? 'other';
}

export function mapTests({ files, tests, imports }: Needed): TestMap {
  const testFiles = files.filter((file) => file.role === 'test').map((file) => file.path);
  const production = new Set(files.filter((file) => file.role === 'production').map((file) => file.path));
  const byName = matchNames([...production], testFiles);
  const imported = importedByTests(imports);
  const inside = new Set(tests.map((test) => test.path));
  const goPackages = new Set(testFiles.filter((path) => path.endsWith('_test.go')).map(directoryOf));
  return {
    byName,
    isTested: (path) =>
      byName.has(path) ||
      imported.has(path) ||
      inside.has(path) ||
      (path.endsWith('.go') && goPackages.has(directoryOf(path))),
  };
}

/** So many times more lines of tests than of code in one language: its tests drive code in another one. */
const MOSTLY_TESTS = 2;
/** Fewer lines of tests per line of code are a check or two, not the tests of the product. */
const ENOUGH_TESTS = 0.1;

/**
 * Languages whose code is tested from outside, in a language that the product is not written in: neither names nor
 * imports can tell which of those tests covers a file.
 */
export function testedFromOutside(
  files: readonly Pick<FileFact, 'path' | 'role' | 'codeLines'>[],
): (path: string) => boolean {
  const kindOf = (path: string) => (languageOfPath(path) === null ? extensionOf(path) : family(path));
  const tests = new Map<string, number>();
  const production = new Map<string, number>();
  for (const { path, role, codeLines } of files) {
    const tally = role === 'test' ? tests : role === 'production' ? production : null;
    tally?.set(kindOf(path), (tally.get(kindOf(path)) ?? 0) + codeLines);
  }
  let outside = 0;
  for (const [kind, lines] of tests) {
    if (lines > MOSTLY_TESTS * (production.get(kind) ?? 0)) outside += lines;
  }
  return (path) => {
    const own = tests.get(kindOf(path)) ?? 0;
    const isDriver = own > MOSTLY_TESTS * (production.get(kindOf(path)) ?? 0);
    return !isDriver && outside > own && outside >= ENOUGH_TESTS * (production.get(kindOf(path)) ?? 0);
  };
}

function matchNames(production: readonly string[], testFiles: readonly string[]): Map<string, string[]> {
  const candidates = new Map<string, string[]>();
  for (const path of production) {
    for (const stem of productionStems(path)) {
      const key = `${family(path)} ${stem}`;
      const known = candidates.get(key);
      if (known) known.push(path);
      else candidates.set(key, [path]);
    }
  }
  const matches = new Map<string, string[]>();
  for (const test of testFiles) {
    const stem = subjectStems(test).find((one) => candidates.has(`${family(test)} ${one}`));
    const named = candidates.get(`${family(test)} ${stem}`) ?? [];
    for (const path of nearest(test, named)) {
      const known = matches.get(path);
      if (known) known.push(test);
      else matches.set(path, [test]);
    }
  }
  for (const paths of matches.values()) paths.sort();
  return matches;
}

/** Of several files with one name, those that share most directories with the test. */
function nearest(test: string, paths: readonly string[]): readonly string[] {
  if (paths.length < 2) return paths;
  const segments = new Set(directoryOf(test).toLowerCase().split('/'));
  const shared = paths.map(
    (path) =>
      directoryOf(path)
        .toLowerCase()
        .split('/')
        .filter((segment) => segments.has(segment)).length,
  );
  const best = Math.max(...shared);
  return paths.filter((_, at) => shared[at] === best);
}

/** What tests import, and what an index file among it imports in turn. */
function importedByTests(imports: Needed['imports']): ReadonlySet<string> {
  const direct = new Set<string>();
  const byIndex = new Map<string, string[]>();
  for (const { path, role, target } of imports) {
    if (target === null) continue;
    if (role === 'test') direct.add(target);
    const bare = baseName(path)
      .replace(/\.[A-Za-z0-9]+$/, '')
      .toLowerCase();
    if (!INDEX_STEMS.has(bare)) continue;
    const known = byIndex.get(path);
    if (known) known.push(target);
    else byIndex.set(path, [target]);
  }
  const all = new Set(direct);
  for (const path of direct) for (const target of byIndex.get(path) ?? []) all.add(target);
  return all;
}
