import { classifyPath } from '@/lib/magics/classify-path';
import type {
  FactName,
  Facts,
  FactTables,
  FileFact,
  FileRole,
  HISTORY_FACTS,
  ImportFact,
  Place,
  TestFact,
} from '@/lib/magics/facts';
import { compareText } from '@/lib/magics/hash';
import { totalsOf } from '@/lib/magics/totals';
import type { BlobFacts, BlobRow } from '../blob-facts';
import { blobKey } from '../blob-key';
import { blobPlan, SILENT_ROLES } from '../blob-plan';
import { attributesFor } from '../project/gitattributes';
import { projectFacts } from '../project/project-facts';
import { directoryOf, joinPath } from '../project/project-text';
import { MAX_BLOB_BYTES } from '../text/decode';
import { addHelperAssertions } from './assertion-helpers';

import { findClones } from './clones';
import { findComponents } from './components';
import { resolveImports } from './resolve-imports';

export interface TreeEntry {
  path: string;
  mode: string;
  blobId: string;
  sizeBytes: number;
}

type HistoryFacts = { [Name in (typeof HISTORY_FACTS)[number]]: FactTables[Name] | null };

export interface AssembleInput {
  commit: string;
  /** Committer date of the commit, seconds. */
  now: number;
  tree: readonly TreeEntry[];
  /** Facts by `blobKey`; what it does not know counts as unreadable. */
  blobs: { get(key: string): BlobFacts | undefined };
  /** Content of the paths `isProjectFile` names. */
  projectTexts: readonly { path: string; text: string }[];
  history: HistoryFacts | null;
  missing: Partial<Record<FactName, string>>;
}

interface ReadFile {
  entry: TreeEntry;
  role: FileRole;
  facts: BlobFacts | null;
}

export function assembleFacts(input: AssembleInput): Facts {
  const project = projectFacts(input.projectTexts, new Set(input.tree.map((entry) => entry.path)));
  const attributes = attributesFor(input.projectTexts);
  const files = [...input.tree]
    .sort((a, b) => compareText(a.path, b.path))
    .map((entry): ReadFile => {
      const facts = isBlob(entry) ? (input.blobs.get(blobKey(entry.blobId, entry.path)) ?? null) : null;
      return { entry, facts, role: roleOf(entry, facts, attributes(entry.path)) };
    });
  const code = files.filter((file) => !SILENT_ROLES.has(file.role));
  const production = code.filter((file) => file.role === 'production');
  const { components, componentOf } = findComponents(
    project.manifests,
    production.map((file) => file.entry.path),
  );

  const fileFacts = files.map((file) => fileFact(file, componentOf(file.entry.path)));
  const comments = rows(code, (facts) => facts.comments);
  const functions = rows(code, (facts) => facts.functions);
  const tests = testRows(code);
  return {
    commit: input.commit,
    now: input.now,
    missing: input.missing,
    totals: totalsOf(fileFacts, functions, tests),
    files: fileFacts,
    components,
    comments,
    functions,
    swallowedErrors: rows(code, (facts) => facts.swallowedErrors),
    suppressions: rows(code, (facts) => facts.suppressions),
    debugCalls: rows(code, (facts) => facts.debugCalls),
    imports: importRows(code, files, project, input.projectTexts),
    tests,
    logicFlaws: rows(code, (facts) => facts.logicFlaws),
    dangerousCalls: rows(code, (facts) => facts.dangerousCalls),
    parseErrors: rows(code, (facts) => facts.parseErrors),
    dataErrors: rows(files, (facts) => facts.dataErrors),
    secrets: rows(files, (facts) => facts.secrets),
    conflictMarkers: rows(files, (facts) => facts.conflictMarkers),
    clones: findClones(
      production.flatMap(({ entry, facts }) =>
        facts ? [{ path: entry.path, fingerprints: shippedPrints(facts), tokens: facts.tokens }] : [],
      ),
    ),
    workflows: project.workflows,
    manifests: project.manifests.filter(({ path }) => isOfProduct(path)),
    documents: project.documents,
    commits: input.history?.commits ?? null,
    fileHistory: input.history?.fileHistory ?? null,
    tags: input.history?.tags ?? null,
    largeBlobs: input.history?.largeBlobs ?? null,
    history: input.history?.history ?? null,
  };
}

/** Packages in examples, tests and fixtures are no part of what is shipped. */
function isOfProduct(manifest: string): boolean {
  const role = classifyPath(joinPath(directoryOf(manifest), 'index.ts'));
  return role === 'production' || role === 'configuration';
}

function isBlob({ mode }: TreeEntry): boolean {
  return mode !== '120000' && mode !== '160000';
}

function roleOf(
  entry: TreeEntry,
  facts: BlobFacts | null,
  attributes: ReturnType<ReturnType<typeof attributesFor>>,
): FileRole {
  // Rust and Go keep tests beside what they test: their frameworks say nothing about the rest of the file.
  const isTestByContent =
    facts !== null && facts.tests.length > 0 && facts.language !== 'rust' && facts.language !== 'go';
  return classifyPath(entry.path, {
    attributes,
    isGenerated: facts?.isGenerated,
    isBinary: facts?.isBinary,
    isCode: facts ? facts.language !== null : undefined,
    testFramework: isTestByContent ? facts.testFramework : null,
  });
}

function fileFact({ entry, role, facts }: ReadFile, component: string): FileFact {
  return {
    path: entry.path,
    blobId: entry.blobId,
    mode: entry.mode,
    sizeBytes: entry.sizeBytes,
    role,
    language: facts ? facts.language : isBlob(entry) ? blobPlan(entry.path).language : null,
    component,
    codeLines: facts?.codeLines ?? 0,
    commentLines: facts?.commentLines ?? 0,
    blankLines: facts?.blankLines ?? 0,
    maxClassMethods: facts?.maxClassMethods ?? 0,
    skipped: facts ? facts.skipped : reasonUnread(entry),
  };
}

function reasonUnread({ mode, sizeBytes }: TreeEntry): string {
  if (mode === '120000') return 'symlink';
  if (mode === '160000') return 'submodule';
  return sizeBytes > MAX_BLOB_BYTES ? 'too-large' : 'unreadable';
}

function rows<Fact extends Place>(files: readonly ReadFile[], pick: (facts: BlobFacts) => BlobRow<Fact>[]): Fact[] {
  const all: Fact[] = [];
  for (const { entry, role, facts } of files) {
    if (!facts) continue;
    const start = all.length;
    const isForTests = testLinesOf(facts);
    for (const row of pick(facts)) {
      const part = role === 'production' && isForTests(row.line) ? 'test' : role;
      all.push({ path: entry.path, role: part, ...row } as unknown as Fact);
    }
    sortTailByLine(all, start);
  }
  return all;
}

function shippedPrints(facts: BlobFacts): BlobFacts['fingerprints'] {
  const isForTests = testLinesOf(facts);
  return facts.testLines.length === 0 ? facts.fingerprints : facts.fingerprints.filter(({ line }) => !isForTests(line));
}

function testLinesOf({ testLines }: BlobFacts): (line: number) => boolean {
  if (testLines.length === 0) return () => false;
  return (line) => testLines.some(([from, to]) => line >= from && line <= to);
}

function sortTailByLine(all: Place[], start: number): void {
  for (let at = start + 1; at < all.length; at += 1) {
    if ((all[at]?.line ?? 0) >= (all[at - 1]?.line ?? 0)) continue;
    const tail = all.splice(start).sort((a, b) => a.line - b.line);
    for (const row of tail) all.push(row);
    return;
  }
}

function testRows(files: readonly ReadFile[]): TestFact[] {
  const withFacts = files.flatMap(({ entry, role, facts }) => (facts ? [{ path: entry.path, role, facts }] : []));
  return addHelperAssertions(withFacts);
}

function importRows(
  code: readonly ReadFile[],
  files: readonly ReadFile[],
  project: ReturnType<typeof projectFacts>,
  texts: AssembleInput['projectTexts'],
): ImportFact[] {
  const resolve = resolveImports({
    files: files.map(({ entry, facts }) => ({
      path: entry.path,
      language: facts?.language ?? null,
      declaredPackage: facts?.declaredPackage ?? null,
    })),
    manifests: project.manifests,
    projectTexts: texts,
  });
  const all = rows<Omit<ImportFact, 'target'>>(code, (facts) => facts.imports).map((row) => ({
    ...row,
    target: resolve(row.path, row.specifier),
  }));
  return withoutNames(all);
}

/** `a.b.c` of `from a.b import c` is kept where it names a file of its own. */
function withoutNames(imports: readonly ImportFact[]): ImportFact[] {
  let base: ImportFact | null = null;
  return imports.filter((row) => {
    const isName =
      base !== null &&
      row.path === base.path &&
      row.line === base.line &&
      row.specifier.startsWith(`${base.specifier}.`);
    if (!isName) base = row;
    return !isName || (row.target !== null && row.target !== base?.target);
  });
}
