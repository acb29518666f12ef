import type { FactName } from './facts';
import type { EvidenceKind } from './types';

interface FactTraits {
  kind: EvidenceKind;
  /**
   * `of-file`: each row speaks of one place in one file and of nothing else, so that a part of the repository can be judged
   * by it. `at-path`: rows lie at a path and speak of more.
   */
  rows?: 'of-file' | 'at-path';
  /** Read by forms each language has of its own; the others are the same in all. */
  isOfLanguages?: true;
  /** Read from commits and refs alone, by the history job. */
  isOfHistory?: true;
}

/** What each fact is. A new one needs its line here. */
export const FACT_TRAITS = {
  files: { kind: 'files', rows: 'of-file' },
  components: { kind: 'files' },
  comments: { kind: 'code', rows: 'of-file' },
  functions: { kind: 'code', rows: 'of-file' },
  swallowedErrors: { kind: 'code', rows: 'of-file', isOfLanguages: true },
  suppressions: { kind: 'code', rows: 'of-file', isOfLanguages: true },
  ignoreComments: { kind: 'code', rows: 'of-file' },
  debugCalls: { kind: 'code', rows: 'of-file', isOfLanguages: true },
  imports: { kind: 'code', rows: 'of-file' },
  mentions: { kind: 'files' },
  tests: { kind: 'tests', rows: 'of-file' },
  testSmells: { kind: 'tests', rows: 'of-file', isOfLanguages: true },
  logicFlaws: { kind: 'code', rows: 'of-file', isOfLanguages: true },
  magicNumbers: { kind: 'code', rows: 'of-file', isOfLanguages: true },
  shortNames: { kind: 'code', rows: 'of-file', isOfLanguages: true },
  dangerousCalls: { kind: 'code', rows: 'of-file', isOfLanguages: true },
  securityFlaws: { kind: 'code', rows: 'of-file', isOfLanguages: true },
  slowForms: { kind: 'code', rows: 'of-file', isOfLanguages: true },
  typeCoverage: { kind: 'code', rows: 'of-file', isOfLanguages: true },
  testBranches: { kind: 'code', rows: 'of-file', isOfLanguages: true },
  placeholders: { kind: 'code', rows: 'of-file' },
  documentReferences: { kind: 'files', rows: 'of-file' },
  shellFlaws: { kind: 'code', rows: 'of-file', isOfLanguages: true },
  parseErrors: { kind: 'code', rows: 'of-file' },
  dataErrors: { kind: 'files', rows: 'of-file' },
  secrets: { kind: 'files', rows: 'of-file' },
  conflictMarkers: { kind: 'files', rows: 'of-file' },
  hiddenCharacters: { kind: 'files', rows: 'of-file' },
  clones: { kind: 'code' },
  ownMatches: { kind: 'files' },
  workflows: { kind: 'settings', rows: 'at-path' },
  manifests: { kind: 'settings', rows: 'at-path' },
  repositorySettings: { kind: 'settings' },
  testSettings: { kind: 'settings', rows: 'at-path' },
  checkSettings: { kind: 'settings', rows: 'at-path' },
  coverage: { kind: 'tests', rows: 'at-path' },
  newCode: { kind: 'tests' },
  lineSurvival: { kind: 'history' },
  dependencies: { kind: 'dependencies', rows: 'at-path' },
  lockFiles: { kind: 'dependencies', rows: 'at-path' },
  runtimes: { kind: 'dependencies', rows: 'at-path' },
  advisories: { kind: 'dependencies' },
  documents: { kind: 'files', rows: 'at-path' },
  commits: { kind: 'history', isOfHistory: true },
  fileHistory: { kind: 'history', rows: 'at-path', isOfHistory: true },
  markerAges: { kind: 'history', rows: 'at-path' },
  fileRevisions: { kind: 'history', rows: 'at-path', isOfHistory: true },
  tags: { kind: 'history', isOfHistory: true },
  largeBlobs: { kind: 'history', isOfHistory: true },
  settingChanges: { kind: 'history', isOfHistory: true },
  pastSecrets: { kind: 'history', isOfHistory: true },
  history: { kind: 'history', isOfHistory: true },
  provider: { kind: 'host' },
  scores: { kind: 'audits' },
  lastAudit: { kind: 'audits' },
} as const satisfies Record<FactName, FactTraits>;

type NamesWith<Traits> = {
  [Name in FactName]: (typeof FACT_TRAITS)[Name] extends Traits ? Name : never;
}[FactName];

export const FACT_NAMES = Object.keys(FACT_TRAITS) as FactName[];
const names = FACT_NAMES;
const traitsOf: Readonly<Record<FactName, FactTraits>> = FACT_TRAITS;

export type HistoryFactName = NamesWith<{ isOfHistory: true }>;
export const HISTORY_FACTS = names.filter((name) => traitsOf[name].isOfHistory) as HistoryFactName[];

/** Facts about one place in one file each; the others speak of the whole repository. */
export const FACTS_OF_FILES = names.filter((name) => traitsOf[name].rows === 'of-file') as NamesWith<{
  rows: 'of-file';
}>[];

/** Tables whose rows lie at a path. */
export type PathFactName = NamesWith<{ rows: string }>;
export const FACTS_AT_PATHS = names.filter((name) => traitsOf[name].rows !== undefined) as PathFactName[];

/** What is lost when files could not be read. */
export const FACTS_OF_BLOBS = names.filter((name) => {
  const { kind, isOfHistory } = traitsOf[name];
  return !isOfHistory && kind !== 'host' && kind !== 'audits';
});

/**
 * Whether it takes what only a server that keeps audits knows. Such rules give no points, set no status and are left out of
 * the result hash: the commit has the same result everywhere.
 */
export function isRemembering(needs: readonly FactName[]): boolean {
  return needs.some((name) => traitsOf[name].kind === 'audits');
}
