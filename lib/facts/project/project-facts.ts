import type {
  CheckSettingFact,
  CoverageFact,
  DocumentFact,
  ManifestFact,
  RepositorySettingsFact,
  RuntimeFact,
  TestSettingFact,
  WorkflowFact,
} from '@/lib/magics/facts/project';
import { compareText } from '@/lib/magics/hash';
import { isCoverageReport, readCoverage } from '../coverage/read-coverage';
import { isCheckSettingsPath, readCheckSettings } from './check-settings';
import { type DependencyTables, isDependencyFile, readDependencies } from './dependencies';
import { isDocumentPath, MAX_DOCUMENT_CHARACTERS } from './documents';
import { isManifestFile, readManifests } from './manifests';
import type { ProjectText } from './project-text';
import { isRepositorySettingsPath, readRepositorySettings } from './repository-settings';
import { isRuntimeFile, readRuntimes } from './runtimes';
import { isTestSettingsPath, readTestSettings } from './test-settings';
import { isWorkflowPath, readWorkflow } from './workflows';

export interface ProjectFacts extends DependencyTables {
  workflows: WorkflowFact[];
  manifests: ManifestFact[];
  testSettings: TestSettingFact[];
  repositorySettings: RepositorySettingsFact;
  checkSettings: CheckSettingFact[];
  coverage: CoverageFact[];
  documents: DocumentFact[];
  runtimes: RuntimeFact[];
}

/** Deep copies of well-known files in vendored trees and fixtures say nothing about the project. */
const NOT_THE_PROJECT =
  /(?:^|\/)(?:node_modules|vendor|third_party|bower_components|testdata|fixtures?|__fixtures__|site-packages)\//;

/** Must the text of this path be given to `projectFacts`? */
export function isProjectFile(path: string): boolean {
  if (NOT_THE_PROJECT.test(path)) return false;
  return [
    isDocumentPath,
    isWorkflowPath,
    isManifestFile,
    isTestSettingsPath,
    isCheckSettingsPath,
    isCoverageReport,
    isDependencyFile,
    isRuntimeFile,
    isRepositorySettingsPath,
  ].some((isRead) => isRead(path));
}

/**
 * Reads well-known files as data. Broken files are left out: their syntax errors are data errors. `paths` are all paths of
 * the tree, so that a lock file too large to read still counts.
 */
export function projectFacts(texts: readonly ProjectText[], paths?: ReadonlySet<string>): ProjectFacts {
  const known = paths ?? new Set(texts.map(({ path }) => path));
  const sorted = texts.filter(({ path }) => isProjectFile(path)).sort((a, b) => compareText(a.path, b.path));
  const projectPaths = new Set([...known].filter((path) => !NOT_THE_PROJECT.test(path)));
  return {
    ...readDependencies(sorted, projectPaths),
    runtimes: readRuntimes(sorted),
    workflows: sorted.filter(({ path }) => isWorkflowPath(path)).flatMap((text) => readWorkflow(text) ?? []),
    manifests: readManifests(
      sorted.filter(({ path }) => isManifestFile(path)),
      (path) => known.has(path),
    ),
    coverage: readCoverage(
      sorted.filter(({ path }) => isCoverageReport(path)),
      known,
    ),
    testSettings: sorted.filter(({ path }) => isTestSettingsPath(path)).flatMap(readTestSettings),
    repositorySettings: readRepositorySettings(sorted, projectPaths),
    checkSettings: readCheckSettings(sorted),
    documents: sorted
      .filter(({ path }) => isDocumentPath(path))
      .map(({ path, text }) => ({ path, text: text.slice(0, MAX_DOCUMENT_CHARACTERS) })),
  };
}
