/**
 * What a magic may know about one commit. Plain JSON, deterministic: rows are sorted by path, then line.
 * Lines are 1-based and inclusive; times are seconds since the epoch; sizes are bytes.
 */

/** What a file is for. Densities count `production` only, unless a rule says otherwise. */
export type FileRole =
  | 'production'
  | 'test'
  | 'fixture'
  | 'documentation'
  | 'configuration'
  | 'generated'
  | 'vendored'
  | 'lock'
  | 'data'
  | 'binary';

export type LanguageId =
  | 'typescript'
  | 'tsx'
  | 'javascript'
  | 'python'
  | 'go'
  | 'java'
  | 'rust'
  | 'c'
  | 'cpp'
  | 'csharp'
  | 'ruby'
  | 'php'
  | 'kotlin'
  | 'bash';

/** Fields that every row about a place in a file carries. */
export interface Place {
  path: string;
  role: FileRole;
  line: number;
}

export interface FileFact {
  path: string;
  blobId: string;
  /** Git file mode as text: `100644`, `100755`, `120000` (symbolic link), `160000` (submodule). */
  mode: string;
  sizeBytes: number;
  role: FileRole;
  /** Parsed language; null when only the lexer or nothing read it. */
  language: LanguageId | null;
  /** Id of the component the file belongs to, see `components`. */
  component: string;
  codeLines: number;
  commentLines: number;
  blankLines: number;
  /** Largest number of methods of one class in the file. */
  maxClassMethods: number;
  /** Why the content was not read (`too-large`, `binary`, `unreadable`, `timeout`, `line-too-long`), else null. */
  skipped: string | null;
}

/** A part of the repository with a life of its own: a workspace package, else a top-level source directory. */
export interface ComponentFact {
  /** Directory, `.` for the root. */
  id: string;
  name: string;
  kind: 'workspace' | 'directory' | 'root';
}

export interface CommentFact extends Place {
  endLine: number;
  /** Without comment marks, white space folded, at most 500 characters. */
  text: string;
  kind: 'line' | 'block' | 'doc';
}

export interface FunctionFact extends Place {
  endLine: number;
  name: string;
  kind: 'function' | 'method' | 'constructor' | 'accessor' | 'lambda';
  /** Name of the class, interface, trait or impl around it, else null. */
  container: string | null;
  parameters: number;
  unusedParameters: number;
  codeLines: number;
  /** McCabe: 1 + decision points. */
  cyclomatic: number;
  /** Cognitive complexity as SonarSource defines it. */
  cognitive: number;
  /** Deepest nesting of control structures, 0 for none. */
  nesting: number;
  /** Deepest nesting of loops inside one another, 0 for none. */
  loopDepth: number;
  /**
   * Shape of the body: `none` (declaration, overload, abstract), `empty`, `documented-empty` (only a comment),
   * `not-implemented` (throws or calls the language's not-implemented form, or its todo form), `constant` (only returns
   * a literal), `delegate` (only calls one other function), `normal`.
   */
  body: 'none' | 'empty' | 'documented-empty' | 'not-implemented' | 'constant' | 'delegate' | 'normal';
  /** Text of the literal when `body` is `constant`, at most 40 characters. */
  constant: string | null;
  isExported: boolean;
  isOverride: boolean;
  /** Has a doc comment or doc string. */
  isDocumented: boolean;
}

/** An error that code receives and drops. */
export interface SwallowedErrorFact extends Place {
  form: 'empty-catch' | 'pass' | 'ignored-result' | 'empty-promise-catch';
  /** Catches everything (bare, `Exception`, `Throwable`, untyped). */
  isBroad: boolean;
  /** A comment inside says why. */
  hasReason: boolean;
  /** Source line, trimmed, at most 200 characters. */
  text: string;
}

export interface SuppressionFact extends Place {
  /** `eslint`, `typescript`, `ruff`, `mypy`, `bandit`, `golint`, `java`, `rustc`, `csharp`, `rubocop`, `phpstan`, … */
  tool: string;
  /** Named checks; empty when blanket. */
  checks: string[];
  hasReason: boolean;
  text: string;
}

export interface DebugCallFact extends Place {
  form: 'debugger' | 'print';
  /** Callee as written: `console.log`, `dbg!`, `breakpoint`. */
  callee: string;
}

export interface ImportFact extends Place {
  specifier: string;
  /** Path of the file at HEAD it resolves to; null when outside the repository or unknown. */
  target: string | null;
  /** Type-only imports do not exist at run time. */
  isTypeOnly: boolean;
}

export interface TestFact extends Place {
  endLine: number;
  name: string;
  framework: string;
  isEmpty: boolean;
  /** Direct assertions, fluent chains, mock verifications, expected exceptions, and those in helpers one call away in the same repository. */
  assertions: number;
  isSkipped: boolean;
  skipReason: string | null;
  isFocused: boolean;
  /** Lines of fixed sleeps. */
  sleepLines: number[];
}

export interface LogicFlawFact extends Place {
  form:
    | 'identical-operands'
    | 'unreachable'
    | 'repeated-condition'
    | 'constant-condition'
    | 'endless-loop'
    | 'self-assignment'
    | 'duplicate-key'
    | 'duplicate-case'
    | 'unused-result'
    | 'loose-equality'
    | 'mutable-default'
    | 'captured-variable';
  text: string;
  /** Line of the first of two equal things. */
  firstLine?: number;
  /** What makes the case clear or doubtful, in a word of the form's own. */
  detail?: string;
}

/** A number compared with a value, whose meaning the code does not name. */
export interface MagicNumberFact extends Place {
  /** The comparison. */
  text: string;
}

/** A variable or parameter of one letter that is used over many lines. */
export interface ShortNameFact extends Place {
  name: string;
  /** First line of its function. */
  functionLine: number;
}

/** Shell, `eval` or dynamic code with a value that is not a literal. */
export interface DangerousCallFact extends Place {
  form: 'shell' | 'eval';
  callee: string;
  text: string;
}

export interface ParseErrorFact extends Place {
  /** Number of error nodes in the file. */
  errors: number;
}

/** A JSON, YAML, TOML or XML file that does not parse. */
export interface DataErrorFact extends Place {
  format: 'json' | 'yaml' | 'toml' | 'xml';
  message: string;
}

export interface SecretFact extends Place {
  /** Kind of credential: `aws-access-key`, `private-key`, `generic`, … */
  kind: string;
  /** First and last characters with the middle masked; never the value. */
  masked: string;
  /** SHA-256 of the value with a fixed domain prefix, hexadecimal. */
  hash: string;
  /** 0–1. */
  confidence: number;
}

export interface ConflictMarkerFact extends Place {}

/** Text that shows something else than what is read. */
export interface HiddenCharacterFact extends Place {
  /**
   * `bidi`: changes the order of what follows. `isolate`: does so and ends on its line. `invisible`: shows as nothing.
   * `byte-order-mark` and `nul`: inside the text. `mixed-encoding`: bytes that are not UTF-8 amid some that are.
   * `homoglyph`: a name of look-alike letters of two scripts.
   */
  form: 'bidi' | 'isolate' | 'invisible' | 'byte-order-mark' | 'nul' | 'mixed-encoding' | 'homoglyph';
  /** `U+202E`, or the name. */
  text: string;
}

/** Two places with the same normalised tokens. */
export interface CloneFact {
  first: { path: string; line: number; endLine: number };
  second: { path: string; line: number; endLine: number };
  tokens: number;
  lines: number;
  /** Stable over line moves. */
  hash: string;
}

export interface WorkflowStepFact {
  name: string | null;
  line: number;
  /** `owner/action@ref`, image, or include; null for a shell step. */
  uses: string | null;
  run: string | null;
  condition: string | null;
  isErrorIgnored: boolean;
  /** Text of `with:` values, flattened `key=value`. */
  inputs: string[];
}

export interface WorkflowJobFact {
  id: string;
  line: number;
  condition: string | null;
  isErrorIgnored: boolean;
  /** `write-all`, `read-all`, or `scope: access` pairs; null when not stated. */
  permissions: string[] | null;
  steps: WorkflowStepFact[];
}

export interface WorkflowFact {
  path: string;
  provider: 'github' | 'gitlab' | 'azure' | 'circleci' | 'jenkins' | 'bitbucket' | 'travis' | 'other';
  name: string | null;
  /** `push`, `pull_request`, `pull_request_target`, `schedule`, `workflow_dispatch`, `release`, `merge_request`, … */
  triggers: string[];
  /** Branch filters of `push`; empty means all. */
  pushBranches: string[];
  permissions: string[] | null;
  jobs: WorkflowJobFact[];
}

export interface ManifestFact {
  path: string;
  ecosystem: 'npm' | 'python' | 'go' | 'cargo' | 'maven' | 'gradle' | 'composer' | 'bundler' | 'nuget';
  name: string | null;
  version: string | null;
  /** Direct dependencies, development ones included, sorted. */
  dependencies: string[];
  scripts: Record<string, string>;
  /** A library (published package) may go without a lock file. */
  isLibrary: boolean;
  /** Path of the lock file that covers it, else null. */
  lockFile: string | null;
  /** Direct dependencies the lock file does not know; null when it was not compared. */
  missingFromLock: string[] | null;
  /** The manifest or a version file beside it pins the run-time version. */
  isRuntimePinned: boolean;
}

/** Text of well-known governance and configuration files (README, CODEOWNERS, SECURITY, Dockerfile …), at most 64 kB each. */
export interface DocumentFact {
  path: string;
  text: string;
}

export interface CommitFileFact {
  path: string;
  /** `A` added, `M` modified, `D` deleted, `T` type changed. */
  status: 'A' | 'M' | 'D' | 'T';
  /** Lines; null for binary files and outside the window of line counts. */
  added: number | null;
  deleted: number | null;
  /** For commits that claim documentation or style only: did tokens of code change? null when unknown. */
  isCodeChanged: boolean | null;
}

export interface CommitFact {
  id: string;
  parents: string[];
  /** Identity after `.mailmap`: lower-case e-mail. */
  author: string;
  authorName: string;
  committer: string;
  authoredAt: number;
  committedAt: number;
  subject: string;
  body: string;
  /** `Key: value` lines at the end of the body. */
  trailers: { key: string; value: string }[];
  isBot: boolean;
  /** On the first-parent line of the audited branch. */
  isFirstParent: boolean;
  /** Against the first parent. Empty for merges. */
  files: CommitFileFact[];
}

/** Whole-history aggregate of one file that exists at HEAD, under the names it had before too. */
export interface FileHistoryFact {
  path: string;
  /** Position of the commit that added it, 0 = oldest of the repository. */
  createdIndex: number;
  createdAt: number;
  createdBy: string;
  changedAt: number;
  revisions: number;
  /** Changes by author (the main e-mail of a person), sorted by author. */
  authors: { author: string; changes: number }[];
}

export interface TagFact {
  name: string;
  commitId: string;
  at: number;
  isAnnotated: boolean;
  /** Reachable from the audited commit. */
  isReachable: boolean;
}

export interface LargeBlobFact {
  path: string;
  sizeBytes: number;
  isAtHead: boolean;
}

/** What the host of a repository knows beyond Git. Lists are sorted by number or time; times are seconds. */
export interface ProviderFact {
  /** Rules of the audited branch; null when it has none. */
  protection: BranchProtectionFact | null;
  /** Merged or open within 12 months of `now`, newest first, at most 500. */
  pullRequests: PullRequestFact[];
  issues: IssueFact[];
  checks: CheckRunFact[];
}

export interface BranchProtectionFact {
  allowsForcePush: boolean;
  allowsDeletion: boolean;
  /** Approvals a change needs, 0 for none. */
  requiredApprovals: number;
  needsOwnerReview: boolean;
  /** New commits withdraw the approvals before them. */
  dismissesStaleApprovals: boolean;
  requiredChecks: string[];
  /** Holds for administrators too. */
  isEnforcedForAdmins: boolean;
}

export interface PullRequestFact {
  number: number;
  author: string;
  isBot: boolean;
  isDraft: boolean;
  openedAt: number;
  mergedAt: number | null;
  /** Commit on the audited branch that it became, else null. */
  mergeCommitId: string | null;
  changedLines: number;
  /** Characters of the description without the template. */
  bodyLength: number;
  /** Logins of those who approved, the author left out, sorted. */
  approvedBy: string[];
  /** Reviewers whose requested changes were neither withdrawn nor followed by an approval of theirs, sorted. */
  changesRequestedBy: string[];
}

export interface IssueFact {
  number: number;
  openedAt: number;
  closedAt: number | null;
  /** First answer or label by somebody else than the author. */
  triagedAt: number | null;
  labels: string[];
}

export interface CheckRunFact {
  commitId: string;
  name: string;
  startedAt: number;
  completedAt: number;
  conclusion: 'success' | 'failure' | 'neutral' | 'cancelled' | 'skipped' | 'timed-out';
}

export interface HistorySummary {
  isShallow: boolean;
  /** Commits reachable from HEAD. */
  commits: number;
  contributors: number;
  /** Committer time of the oldest commit in `commits`. */
  windowStart: number;
  branch: string | null;
}

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
  debugCalls: DebugCallFact[];
  imports: ImportFact[];
  tests: TestFact[];
  logicFlaws: LogicFlawFact[];
  magicNumbers: MagicNumberFact[];
  shortNames: ShortNameFact[];
  dangerousCalls: DangerousCallFact[];
  parseErrors: ParseErrorFact[];
  dataErrors: DataErrorFact[];
  secrets: SecretFact[];
  conflictMarkers: ConflictMarkerFact[];
  hiddenCharacters: HiddenCharacterFact[];
  clones: CloneFact[];
  workflows: WorkflowFact[];
  manifests: ManifestFact[];
  documents: DocumentFact[];
  /** Newest first, within 12 months of `now` or the newest 2,000, whichever is less. */
  commits: CommitFact[];
  fileHistory: FileHistoryFact[];
  tags: TagFact[];
  largeBlobs: LargeBlobFact[];
  history: HistorySummary;
  provider: ProviderFact;
}

export type FactName = keyof FactTables;

/** Facts whose collection failed or was impossible are null, with the reason in `missing`. */
export type Facts = BaseFacts & {
  commit: string;
  missing: Partial<Record<FactName, string>>;
} & { [Name in FactName]: FactTables[Name] | null };

/** Facts that come from history; a shallow clone makes them missing. */
export const HISTORY_FACTS = ['commits', 'fileHistory', 'tags', 'largeBlobs', 'history'] as const satisfies FactName[];
