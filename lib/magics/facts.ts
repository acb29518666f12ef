import type { LastAuditFact, ScoreFact } from './facts/audits';
import type {
  CloneFact,
  CommentFact,
  ComponentFact,
  ConflictMarkerFact,
  DangerousCallFact,
  DataErrorFact,
  DebugCallFact,
  DocumentReferenceFact,
  FileFact,
  FunctionFact,
  HiddenCharacterFact,
  IgnoreCommentFact,
  ImportFact,
  LogicFlawFact,
  MagicNumberFact,
  MentionFact,
  ParseErrorFact,
  PlaceholderFact,
  SecretFact,
  SecurityFlawFact,
  ShellFlawFact,
  ShortNameFact,
  SlowFormFact,
  SuppressionFact,
  SwallowedErrorFact,
  TestBranchFact,
  TestFact,
  TestSmellFact,
  TypeCoverageFact,
} from './facts/code';
import type {
  CommitFact,
  FileHistoryFact,
  FileRevisionFact,
  HistorySummary,
  LargeBlobFact,
  LineSurvivalFact,
  MarkerAgeFact,
  NewCodeFact,
  PastSecretsFact,
  SettingChangeFact,
  TagFact,
} from './facts/history';
import type { OwnMatchesFact } from './facts/own';
import type {
  AdvisoriesFact,
  CheckSettingFact,
  CoverageFact,
  DependencyFact,
  DocumentFact,
  LockFileFact,
  ManifestFact,
  RepositorySettingsFact,
  RuntimeFact,
  TestSettingFact,
  WorkflowFact,
} from './facts/project';
import type { ProviderFact } from './facts/provider';

/**
 * What a magic may know about one commit. Plain JSON, deterministic: rows are sorted by path, then line.
 * Lines are 1-based and inclusive; times are seconds since the epoch; sizes are bytes.
 */

export interface Totals {
  files: number;
  productionFiles: number;
  /** Code lines of production files. */
  codeLines: number;
  /** Comment lines of production and test files. */
  commentLines: number;
  testCodeLines: number;
  /** Production functions with a body. */
  functions: number;
  tests: number;
}

/** Facts always given to a rule. */
export interface BaseFacts {
  /** Committer date of HEAD, seconds. */
  now: number;
  totals: Totals;
}

/** Facts a rule asks for by name in `needs`. */
export interface FactTables {
  files: FileFact[];
  components: ComponentFact[];
  comments: CommentFact[];
  functions: FunctionFact[];
  swallowedErrors: SwallowedErrorFact[];
  suppressions: SuppressionFact[];
  ignoreComments: IgnoreCommentFact[];
  debugCalls: DebugCallFact[];
  imports: ImportFact[];
  /** Sorted by form, then name. */
  mentions: MentionFact[];
  tests: TestFact[];
  testSmells: TestSmellFact[];
  logicFlaws: LogicFlawFact[];
  magicNumbers: MagicNumberFact[];
  shortNames: ShortNameFact[];
  dangerousCalls: DangerousCallFact[];
  securityFlaws: SecurityFlawFact[];
  slowForms: SlowFormFact[];
  typeCoverage: TypeCoverageFact[];
  testBranches: TestBranchFact[];
  placeholders: PlaceholderFact[];
  documentReferences: DocumentReferenceFact[];
  shellFlaws: ShellFlawFact[];
  parseErrors: ParseErrorFact[];
  dataErrors: DataErrorFact[];
  secrets: SecretFact[];
  conflictMarkers: ConflictMarkerFact[];
  hiddenCharacters: HiddenCharacterFact[];
  clones: CloneFact[];
  /** Each list sorted by path, then matcher, then line. */
  ownMatches: OwnMatchesFact;
  workflows: WorkflowFact[];
  manifests: ManifestFact[];
  repositorySettings: RepositorySettingsFact;
  testSettings: TestSettingFact[];
  checkSettings: CheckSettingFact[];
  coverage: CoverageFact[];
  newCode: NewCodeFact;
  lineSurvival: LineSurvivalFact;
  /** Sorted by ecosystem, name, version and path; at most 20,000, see `lockFiles`. */
  dependencies: DependencyFact[];
  lockFiles: LockFileFact[];
  runtimes: RuntimeFact[];
  advisories: AdvisoriesFact;
  documents: DocumentFact[];
  /** Newest first, within 12 months of `now` or the newest 2,000, whichever is less. */
  commits: CommitFact[];
  fileHistory: FileHistoryFact[];
  markerAges: MarkerAgeFact[];
  /** The newest 10 revisions of the 20 files that change most, by path, oldest first. */
  fileRevisions: FileRevisionFact[];
  tags: TagFact[];
  largeBlobs: LargeBlobFact[];
  /** Of the newest 300 commits that touch such files, newest first, then by path and setting. */
  settingChanges: SettingChangeFact[];
  pastSecrets: PastSecretsFact;
  history: HistorySummary;
  provider: ProviderFact;
  /** Oldest first; only a server that keeps audits knows it. */
  scores: ScoreFact[];
  /** Of another commit than this one; only a server that keeps audits knows it. */
  lastAudit: LastAuditFact;
}

export type FactName = keyof FactTables;

/** Facts whose collection failed or was impossible are null, with the reason in `missing`. */
export type Facts = BaseFacts & {
  commit: string;
  missing: Partial<Record<FactName, string>>;
} & { [Name in FactName]: FactTables[Name] | null };
