import { classifyPath, type LinguistAttributes } from '@/lib/magics/classify-path';
import type { FactTables } from '@/lib/magics/facts';
import type { FileFact, FileRole, Place } from '@/lib/magics/facts/code';
import type { BlobRow } from '../blob-facts';
import { blobPlan, SILENT_ROLES } from '../blob-plan';
import type { StoredBlob } from '../packed-blob';
import { readPrints } from '../packed-prints';
import { MAX_BLOB_BYTES } from '../text/decode';
import { createTestRows, type TestRows } from './assertion-helpers';
import type { FingerprintedFile } from './clones';
import type { IndexedFile } from './imports/tree-index';
import type { MentioningFile } from './mentions';

export interface TreeEntry {
  path: string;
  mode: string;
  blobId: string;
  sizeBytes: number;
}

type RowTable =
  | 'comments'
  | 'functions'
  | 'swallowedErrors'
  | 'suppressions'
  | 'debugCalls'
  | 'imports'
  | 'testSmells'
  | 'logicFlaws'
  | 'magicNumbers'
  | 'shortNames'
  | 'dangerousCalls'
  | 'securityFlaws'
  | 'slowForms'
  | 'typeCoverage'
  | 'testBranches'
  | 'placeholders'
  | 'documentReferences'
  | 'shellFlaws'
  | 'parseErrors'
  | 'dataErrors'
  | 'secrets'
  | 'conflictMarkers'
  | 'hiddenCharacters';

/** What is wrong with the text of any file, whatever its role. */
const TEXT_TABLES: ReadonlySet<RowTable> = new Set(['dataErrors', 'secrets', 'conflictMarkers', 'hiddenCharacters']);

/** What files say, added one by one in the order of their paths, so that no file's facts are held twice. */
export interface FileRows {
  /** Still without their components. */
  files: FileFact[];
  /** Imports still without their targets. */
  tables: { [Name in RowTable]: FactTables[Name] };
  tests: TestRows;
  clonable: FingerprintedFile[];
  indexed: IndexedFile[];
  mentioning: MentioningFile[];
  add(entry: TreeEntry, facts: StoredBlob | null, attributes: LinguistAttributes): void;
}

export function createFileRows(): FileRows {
  const files: FileFact[] = [];
  const tests = createTestRows();
  const clonable: FingerprintedFile[] = [];
  const indexed: IndexedFile[] = [];
  const mentioning: MentioningFile[] = [];
  const tables: FileRows['tables'] = {
    comments: [],
    functions: [],
    swallowedErrors: [],
    suppressions: [],
    debugCalls: [],
    imports: [],
    testSmells: [],
    logicFlaws: [],
    magicNumbers: [],
    shortNames: [],
    dangerousCalls: [],
    securityFlaws: [],
    slowForms: [],
    typeCoverage: [],
    testBranches: [],
    placeholders: [],
    documentReferences: [],
    shellFlaws: [],
    parseErrors: [],
    dataErrors: [],
    secrets: [],
    conflictMarkers: [],
    hiddenCharacters: [],
  };
  return {
    files,
    tables,
    tests,
    clonable,
    indexed,
    mentioning,
    add(entry, facts, attributes) {
      const role = roleOf(entry, facts, attributes);
      const { path } = entry;
      files.push(fileFact(entry, role, facts));
      indexed.push({
        path,
        language: facts?.language ?? null,
        declaredPackage: facts?.declaredPackage ?? null,
      });
      if (!facts) return;
      if (facts.pathMentions.length > 0) mentioning.push({ path, role, names: facts.pathMentions });
      const isForTests = testLinesOf(facts);
      const isCode = !SILENT_ROLES.has(role);
      for (const name of Object.keys(tables) as RowTable[]) {
        if (isCode || TEXT_TABLES.has(name)) addRows(tables[name], facts[name], { path, role, isForTests });
      }
      if (isCode) tests.add(path, role, facts);
      if (role === 'production' && facts.fingerprints !== '') {
        const prints = readPrints(facts.fingerprints, (line) => !isForTests(line));
        clonable.push({ path, prints, tokens: facts.tokens });
      }
    },
  };
}

/** Adds rows by line. The rows are the caller's no more: they get their place instead of being copied. */
function addRows(
  table: Place[],
  rows: BlobRow<Place>[],
  { path, role, isForTests }: { path: string; role: FileRole; isForTests: (line: number) => boolean },
): void {
  if (rows.some(({ line }, at) => line < (rows[at - 1]?.line ?? 0))) rows.sort((a, b) => a.line - b.line);
  for (const row of rows) {
    const part = role === 'production' && isForTests(row.line) ? 'test' : role;
    table.push(Object.assign(row, { path, role: part }));
  }
}

function testLinesOf({ testLines }: StoredBlob): (line: number) => boolean {
  if (testLines.length === 0) return () => false;
  return (line) => testLines.some(([from, to]) => line >= from && line <= to);
}

export function isBlob({ mode }: TreeEntry): boolean {
  return mode !== '120000' && mode !== '160000';
}

function roleOf(entry: TreeEntry, facts: StoredBlob | null, attributes: LinguistAttributes): FileRole {
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

function fileFact(entry: TreeEntry, role: FileRole, facts: StoredBlob | null): FileFact {
  return {
    path: entry.path,
    blobId: entry.blobId,
    mode: entry.mode,
    sizeBytes: entry.sizeBytes,
    role,
    language: facts ? facts.language : isBlob(entry) ? blobPlan(entry.path).language : null,
    component: '.',
    codeLines: facts?.codeLines ?? 0,
    commentLines: facts?.commentLines ?? 0,
    blankLines: facts?.blankLines ?? 0,
    maxClassMethods: facts?.maxClassMethods ?? 0,
    binaryKind: facts?.binaryKind ?? null,
    skipped: facts ? facts.skipped : reasonUnread(entry),
  };
}

function reasonUnread({ mode, sizeBytes }: TreeEntry): string {
  if (mode === '120000') return 'symlink';
  if (mode === '160000') return 'submodule';
  return sizeBytes > MAX_BLOB_BYTES ? 'too-large' : 'unreadable';
}
