import type { FactName } from './facts';
import { EVIDENCE_KINDS, type EvidenceKind } from './types';

const KIND_OF: Readonly<Record<FactName, EvidenceKind>> = {
  files: 'files',
  components: 'files',
  comments: 'code',
  functions: 'code',
  swallowedErrors: 'code',
  suppressions: 'code',
  ignoreComments: 'code',
  newCode: 'tests',
  repositorySettings: 'settings',
  debugCalls: 'code',
  imports: 'code',
  mentions: 'files',
  tests: 'tests',
  testSmells: 'tests',
  logicFlaws: 'code',
  magicNumbers: 'code',
  shortNames: 'code',
  dangerousCalls: 'code',
  securityFlaws: 'code',
  slowForms: 'code',
  typeCoverage: 'code',
  testBranches: 'code',
  placeholders: 'code',
  documentReferences: 'files',
  shellFlaws: 'code',
  parseErrors: 'code',
  dataErrors: 'files',
  secrets: 'files',
  conflictMarkers: 'files',
  hiddenCharacters: 'files',
  clones: 'code',
  workflows: 'settings',
  manifests: 'settings',
  testSettings: 'settings',
  checkSettings: 'settings',
  coverage: 'tests',
  dependencies: 'dependencies',
  lockFiles: 'dependencies',
  runtimes: 'dependencies',
  advisories: 'dependencies',
  documents: 'files',
  commits: 'history',
  fileHistory: 'history',
  markerAges: 'history',
  lineSurvival: 'history',
  fileRevisions: 'history',
  tags: 'history',
  largeBlobs: 'history',
  settingChanges: 'history',
  pastSecrets: 'history',
  history: 'history',
  provider: 'host',
  scores: 'audits',
  lastAudit: 'audits',
};

/** Facts that are read by forms each language has of its own; the others are the same in all. */
const OF_LANGUAGES: ReadonlySet<FactName> = new Set<FactName>([
  'swallowedErrors',
  'suppressions',
  'debugCalls',
  'testSmells',
  'logicFlaws',
  'magicNumbers',
  'shortNames',
  'dangerousCalls',
  'securityFlaws',
  'slowForms',
  'typeCoverage',
  'testBranches',
  'shellFlaws',
]);

/** In the fixed order. Files alone are looked at by nearly every rule: they count where there is nothing else. */
export function evidenceOf(needs: readonly FactName[]): EvidenceKind[] {
  const kinds = new Set(needs.map((name) => KIND_OF[name]));
  if (kinds.size > 1) kinds.delete('files');
  return EVIDENCE_KINDS.filter((kind) => kinds.has(kind));
}

export function isOfLanguages(needs: readonly FactName[]): boolean {
  return needs.some((name) => OF_LANGUAGES.has(name));
}
