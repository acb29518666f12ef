import type { AdvisoryData } from '@/lib/advisories/advisory-data';
import { matchAdvisories } from '@/lib/advisories/match-advisories';
import type { FactName, Facts } from '@/lib/magics/facts';
import type { ImportFact } from '@/lib/magics/facts/code';
import { compareText } from '@/lib/magics/hash';
import { totalsOf } from '@/lib/magics/totals';
import { blobKey } from '../blob-key';
import type { CoverageReport } from '../coverage/coverage-report';
import { placeReport } from '../coverage/read-coverage';
import type { HistoryFacts } from '../history/history-facts';
import { unpackBlob } from '../packed-blob';
import { attributesFor } from '../project/gitattributes';
import { isOfProduct } from '../project/product-files';
import { projectFacts } from '../project/project-facts';
import type { ProjectText } from '../project/project-text';
import { findClones } from './clones';
import { findComponents } from './components';
import { createFileRows, type FileRows, isBlob, type TreeEntry } from './file-rows';
import { findIgnoreComments } from './ignore-comments';
import { resolveMentions } from './mentions';
import { resolveImports } from './resolve-imports';

/** What commits and refs say, as far as it could be read. */
export interface KnownHistory {
  facts: HistoryFacts['facts'] | null;
  missing: Partial<Record<FactName, string>>;
}

export interface AssembleInput {
  commit: string;
  /** Committer date of the commit, seconds. */
  now: number;
  tree: readonly TreeEntry[];
  /** Packed facts by `blobKey`; what it does not know counts as unreadable. Asked for a part of the tree at a time. */
  readBlobs(keys: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>;
  /** Content of the paths `isProjectFile` names. */
  projectTexts: readonly ProjectText[];
  /** Waited for last: files and history may be read side by side. */
  history: KnownHistory | Promise<KnownHistory>;
  /** Imported advisory data; without it nothing is known about vulnerabilities. */
  advisories?: AdvisoryData | null;
  /** A coverage report given with the audit; it stands in place of those in the tree. */
  coverage?: CoverageReport | null;
}

/** Files whose packed facts are held at once, and waited for together. */
const FILES_AT_ONCE = 125;

export async function assembleFacts(input: AssembleInput): Promise<Facts> {
  const project = projectFacts(input.projectTexts, new Set(input.tree.map((entry) => entry.path)));
  const rows = await readRows(input);
  const { files, tables } = rows;
  const production = files.filter(({ role }) => role === 'production').map(({ path }) => path);
  const { components, componentOf } = findComponents(project.manifests, production);
  for (const file of files) file.component = componentOf(file.path);
  const tests = rows.tests.finish();
  const known = {
    totals: totalsOf(files, tables.functions, tests),
    ignoreComments: findIgnoreComments(tables.comments),
    imports: importRows(rows, project, input.projectTexts),
    mentions: resolveMentions(rows.mentioning, files, project.manifests),
    clones: findClones(rows.clonable),
  };
  const { facts: history, missing } = await input.history;
  return {
    commit: input.commit,
    now: input.now,
    missing: {
      ...missing,
      provider: 'no-provider',
      scores: 'no-audits',
      lastAudit: 'no-audits',
      ...(!input.advisories && { advisories: 'no-advisories' }),
    },
    files,
    components,
    ...tables,
    ...known,
    tests,
    // Asked apart, of rules that only a team has.
    ownMatches: { matchers: [], matches: [], unread: [] },
    workflows: project.workflows,
    manifests: project.manifests.filter(({ path }) => isOfProduct(path)),
    repositorySettings: project.repositorySettings,
    testSettings: project.testSettings,
    checkSettings: project.checkSettings,
    coverage: input.coverage
      ? placeReport(
          input.coverage,
          input.tree.map(({ path }) => path),
        )
      : project.coverage,
    newCode: null,
    dependencies: project.dependencies,
    lockFiles: project.lockFiles,
    runtimes: project.runtimes,
    advisories: input.advisories ? matchAdvisories(project.dependencies, input.advisories) : null,
    documents: project.documents,
    commits: history?.commits ?? null,
    fileHistory: history?.fileHistory ?? null,
    markerAges: null,
    lineSurvival: null,
    fileRevisions: history?.fileRevisions ?? null,
    tags: history?.tags ?? null,
    largeBlobs: history?.largeBlobs ?? null,
    settingChanges: history?.settingChanges ?? null,
    pastSecrets: history?.pastSecrets ?? null,
    history: history?.history ?? null,
    provider: null,
    scores: null,
    lastAudit: null,
  };
}

async function readRows({ tree, projectTexts, readBlobs }: AssembleInput): Promise<FileRows> {
  const attributes = attributesFor(projectTexts);
  const rows = createFileRows();
  const sorted = [...tree].sort((a, b) => compareText(a.path, b.path));
  for (let start = 0; start < sorted.length; start += FILES_AT_ONCE) {
    const batch = sorted
      .slice(start, start + FILES_AT_ONCE)
      .map((entry) => ({ entry, key: isBlob(entry) ? blobKey(entry.blobId, entry.path) : null }));
    const packed = await readBlobs([...new Set(batch.flatMap(({ key }) => key ?? []))]);
    for (const { entry, key } of batch) {
      const data = key === null ? undefined : packed.get(key);
      rows.add(entry, data ? unpackBlob(data) : null, attributes(entry.path));
    }
  }
  return rows;
}

function importRows(
  { tables, indexed }: FileRows,
  { manifests }: ReturnType<typeof projectFacts>,
  projectTexts: readonly ProjectText[],
): ImportFact[] {
  const resolve = resolveImports({ files: indexed, manifests, projectTexts });
  for (const row of tables.imports) row.target = resolve(row.path, row.specifier);
  return withoutNames(tables.imports);
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
