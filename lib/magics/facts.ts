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
  /** What the first bytes of a binary file say: programs, libraries and byte code, or packed files. */
  binaryKind: 'executable' | 'archive' | null;
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
  /** Without comment marks, white space folded, at most 1,000 characters. */
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

/** `elder-ignore <rule> -- <reason>` in a comment. One row a rule. */
export interface IgnoreCommentFact extends Place {
  endLine: number;
  /** `elder-ignore-file` speaks for the whole file. */
  scope: 'line' | 'file';
  /** As written. */
  ruleId: string;
  /** Empty without one. */
  reason: string;
  /** Why it has no effect. */
  problem: 'no-reason' | 'unknown-rule' | 'not-at-head' | 'too-many' | null;
}

/** What a repository says of itself in `.elder.yml`. What of it counts is up to the policy. */
export interface RepositorySettingsFact {
  /** null: the repository has no such file. */
  path: string | null;
  ignorePaths: { glob: string; line: number }[];
  /** Words added to options of rules. */
  options: { ruleId: string; name: string; values: string[]; line: number }[];
  suppressions: {
    ruleId: string;
    /** Glob of paths; null for all that the rule reports. */
    glob: string | null;
    reason: string;
    /** Last day on which it counts, `2026-12-31`. */
    expires: string;
    line: number;
  }[];
  /** Not empty: nothing of the file counts. Ids of messages of `integrity/has-valid-settings`. */
  problems: { id: string; line: number; data: Record<string, string | number> }[];
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

/** Something of the repository that a text of it names other than by an import. One row a name and form. */
export interface MentionFact {
  /**
   * `file` is named, `program` starts by itself. Code names a `directory` or a whole `tree`, and may load what lies there.
   * `package`: settings, documents or pages name the dependency.
   */
  form: 'file' | 'program' | 'directory' | 'tree' | 'package';
  /** Path in the repository, empty for its root; or the name of a package that a manifest asks for. */
  name: string;
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
  /** Lines of the body without those that only hold data: tables, long texts. */
  bodyLines: number;
  /** Assertions written in the test itself that carry no message. */
  bareAssertions: number;
  /** Doubles put in the place of collaborators; callbacks that only record their calls are none. */
  mocks: number;
  /** Of its own assertions: those that only ask whether a double was called, is there, or equals a stored snapshot. */
  mockChecks: number;
  notNullChecks: number;
  snapshotChecks: number;
  prints: number;
  /** Of a test without assertions: names of functions it calls, sorted, at most 50. Empty otherwise. */
  calls: string[];
}

/** Something about a test that weakens it. One row a form and test, at its first place. */
export interface TestSmellFact extends Place {
  /**
   * `tautology` holds whatever the code does. `conditional-assertion` stands in a branch without another one,
   * `catch-assertion` in a handler alone, `swallowed-assertion` where a handler drops its failure. `guest-…` depends on
   * what the test does not control. `retry`: a failed test is run again.
   */
  form:
    | 'tautology'
    | 'duplicate-assertion'
    | 'duplicate-title'
    | 'conditional-assertion'
    | 'catch-assertion'
    | 'swallowed-assertion'
    | 'guest-network'
    | 'guest-file'
    | 'guest-environment'
    | 'guest-random'
    | 'guest-clock'
    | 'retry';
  /** Name of the test; null for what holds for the whole file. */
  test: string | null;
  /** The statement, white space folded, at most 160 characters. */
  text: string;
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

/** A form of code that opens a door: certificates unchecked, text taken as objects, statements or markup. */
export interface SecurityFlawFact extends Place {
  /**
   * `sql-value` puts a value into a statement as text, `sql-name` a name or a part. `deserialise-file` reads what is
   * mostly the program's own. `secret-…` makes or keeps a secret. `any-origin-credentials` sends cookies to any site.
   */
  form:
    | 'tls-unverified'
    | 'host-key-unverified'
    | 'deserialise'
    | 'deserialise-file'
    | 'sql-value'
    | 'sql-name'
    | 'weak-hash'
    | 'secret-hash'
    | 'secret-random'
    | 'weak-cipher'
    | 'weak-mode'
    | 'weak-key'
    | 'any-origin'
    | 'any-origin-credentials'
    | 'debug-on'
    | 'raw-markup'
    | 'input-path';
  /** Name that is called or set; empty for a statement that nothing runs at once. */
  callee: string;
  /** Source line, trimmed, at most 200 characters. */
  text: string;
}

/** Code that is slow, that waits, or that holds a service on one machine. By line, then form. */
export interface SlowFormFact extends Place {
  /**
   * `no-timeout` waits for another machine for ever, `blocking-sleep` stands in a handler of requests, `blocking-in-async`
   * stops the thread that others share. `query-in-loop` asks once for each element. `unbounded-query` answers with a whole
   * table, `growing-collection` keeps what handlers add for ever, `local-store` keeps sessions or a cache on one machine.
   */
  form:
    | 'no-timeout'
    | 'blocking-sleep'
    | 'blocking-in-async'
    | 'query-in-loop'
    | 'text-in-loop'
    | 'regex-in-loop'
    | 'double-recursion'
    | 'shared-state'
    | 'fixed-address'
    | 'unbounded-query'
    | 'growing-collection'
    | 'local-store';
  /** Callee, variable, function or address, at most 80 characters. */
  callee: string;
  /** Source line, trimmed, at most 200 characters. */
  text: string;
}

/** How much of a file in a language with optional types says them. One row a file, at the first place that does not. */
export interface TypeCoverageFact extends Place {
  /** Places that may say a type: parameters, or annotations where `any` leaves them open. */
  places: number;
  untyped: number;
}

/** A condition in code that holds only while tests run: `process.env.NODE_ENV === 'test'`, `testing.Testing()`. */
export interface TestBranchFact extends Place {
  /** The condition as written, at most 100 characters. */
  text: string;
}

/** A value that stands for a real one: a word to be replaced, filler text, a reserved host name in settings. */
export interface PlaceholderFact extends Place {
  form: 'value' | 'filler' | 'host';
  /** Source line, trimmed, at most 200 characters. */
  text: string;
}

/** What a Markdown document sends its readers to. */
export interface DocumentReferenceFact extends Place {
  /** A relative link, or a command that runs a script or target of the repository. */
  form: 'link' | 'command';
  /** `npm`, `pnpm`, `yarn`, `bun`, `composer`, `make` or `just`; null for a link. */
  runner: string | null;
  /** Path as written, decoded, without query and fragment; or the name of the script or target. */
  target: string;
}

/** A shell script that goes on after an error, or a name that the shell splits at its spaces. */
export interface ShellFlawFact extends Place {
  form: 'no-fail-fast' | 'unquoted';
  /** Command and variable, `rm $dir`; empty for the script as a whole. */
  name: string;
  /** Source line, trimmed, at most 200 characters. */
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
  /** `key=value` of the step's own environment. */
  env: string[];
  /** Directory that shell commands start in; null for the root of the repository. */
  workingDirectory: string | null;
}

export interface WorkflowJobFact {
  id: string;
  line: number;
  condition: string | null;
  isErrorIgnored: boolean;
  /** `write-all`, `read-all`, or `scope: access` pairs; null when not stated. */
  permissions: string[] | null;
  /** Labels of the machines it may run on, those of a matrix as far as they are literals. */
  runners: string[];
  /** Container images that it runs in or beside. */
  images: string[];
  /** `key=value` of the environment of the workflow and the job. */
  env: string[];
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
  /** Those the product needs to run that the manifest names in no other place, sorted. Read for npm and Python only. */
  shipped: string[];
  /** Packages whose users bring them along, sorted. */
  peers: string[];
  scripts: Record<string, string>;
  /** Licence as declared: an SPDX expression or free text; null when none is. */
  license: string | null;
  /** A library (published package) may go without a lock file. */
  isLibrary: boolean;
  /** A library whose users may import any file by its path. */
  hasDeepImports: boolean;
  /** Path of the lock file that covers it, else null. */
  lockFile: string | null;
  /** Direct dependencies the lock file does not know; null when it was not compared. */
  missingFromLock: string[] | null;
  /** The manifest or a version file beside it pins the run-time version. */
  isRuntimePinned: boolean;
}

/** What a configuration file says about running tests and about coverage. By path, then line. */
export interface TestSettingFact {
  path: string;
  line: number;
  /** Coverage that must be reached; code that coverage leaves out; times a failed test is run again. */
  kind: 'threshold' | 'exclusion' | 'retry';
  /** Percent or times; null for exclusions, and for a threshold that follows the commit before. */
  value: number | null;
  /** What is left out: `**` crosses directories, `*` does not. */
  pattern: string | null;
}

/** What a configuration file says of checks on types, warnings and the layers of the code. By path, then tool. */
export interface CheckSettingFact {
  path: string;
  line: number;
  kind: 'types' | 'warnings' | 'layers';
  /** `typescript`, `mypy`, `pyright`, `compiler`, `dependency-cruiser`, `import-linter`, … */
  tool: string;
  /** `unknown`: settings that lie outside the repository. */
  level: 'strict' | 'partial' | 'lax' | 'unknown';
  /** The setting that makes it less than strict, as written; null when none stands there. */
  setting: string | null;
}

/** Lines of one file that ran, as a coverage report in the tree, or one given with the audit, says. By report, then path. */
export interface CoverageFact {
  /** Path in the tree; empty for the one that was given. */
  report: string;
  format: 'lcov' | 'cobertura' | 'jacoco' | 'go';
  path: string;
  /** Lines that can run, and those that did. */
  lines: number;
  hit: number;
  /** First and last line of each run of such lines, one after the other: `[1, 3, 7, 7]` are four lines. */
  hitLines: number[];
  missedLines: number[];
}

/** Of the lines that can run: those that commits of the newest 30 days brought, and whether tests ran them. */
export interface NewCodeFact {
  /** Committer time, seconds: what is newer is new. */
  since: number;
  /** Production files with such lines that a report knows, by path. */
  files: { path: string; lines: number; hit: number; firstMissed: number | null }[];
  /** Files changed since then that a report knows, and those of them that Git was not asked about. */
  candidates: number;
  leftOut: number;
}

/** Lines that commits of 30 to 120 days ago added, and those of them that stand at HEAD. */
export interface LineSurvivalFact {
  /** Committer times, seconds: commits after `since` up to `until` count. */
  since: number;
  until: number;
  /** Production files of HEAD, by path. Of those that changed again only the ones that grew most. */
  files: { path: string; added: number; kept: number }[];
  /** Files that grew and that Git was not asked about. */
  leftOut: number;
}

/** A package of an exact version that a lock file, or a manifest that states exact versions, names. */
export interface DependencyFact {
  /** File that states the version. */
  path: string;
  line: number;
  ecosystem: ManifestFact['ecosystem'];
  /** As the registry writes it: `@scope/name`, `group:artifact`, `vendor/package`. */
  name: string;
  version: string;
  /** The manifest asks for it itself; the rest came with others. */
  isDirect: boolean;
  /** Nothing but development, tests or documentation leads to it. */
  isDevelopment: boolean;
  /** Manifest that asked for it, else the one beside the lock file; null when there is none. */
  manifest: string | null;
  /** Licence as the lock file says it, else null. */
  licence: string | null;
}

export interface LockFileFact {
  path: string;
  ecosystem: ManifestFact['ecosystem'];
  /** Rows it has in `dependencies`. */
  packages: number;
  /** `cut`: it names more than were kept. `unread`: its format is not read, it is broken, or it is too large. */
  state: 'read' | 'cut' | 'unread';
}

/** A run-time or base image of a stated version: `FROM node:18`, `.python-version`. */
export interface RuntimeFact {
  path: string;
  line: number;
  /** `node`, `python`, `ruby`, `php`, `go`, `java`, `dotnet`, `debian`, `ubuntu` or `alpine`. */
  product: string;
  /** Numbers with dots; a shorter version floats: `3` is any 3.x. */
  version: string;
}

/** What advisory data of one date says about `dependencies`. */
export interface AdvisoriesFact {
  /** ISO 8601 date of the data. */
  date: string;
  source: string;
  /** One a vulnerability and row of `dependencies`; names of the same vulnerability are one. Sorted by path, line, name and id. */
  matches: AdvisoryMatchFact[];
}

export interface AdvisoryMatchFact
  extends Pick<DependencyFact, 'path' | 'line' | 'ecosystem' | 'name' | 'version' | 'isDirect' | 'isDevelopment'> {
  id: string;
  /** Further names of the vulnerability, sorted. */
  aliases: string[];
  summary: string;
  /** CVSS base score 0–10; null when the data gives none that can be computed. */
  score: number | null;
  severity: 'critical' | 'high' | 'medium' | 'low';
  /** Lowest version after this one that mends it, else null. */
  fixedIn: string | null;
  /** Lowest version that mends all of the dependency's vulnerabilities that any version mends, else null. */
  upgradeTo: string | null;
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
  /** For commits that claim documentation only: did tokens of code change? null when unknown. */
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
  /** Lines of the first paragraph, all of which Git takes for the subject. */
  subjectLines: number;
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
  /** Commit that changed it last. */
  changedIn: string;
  revisions: number;
  /** Changes by author (the main e-mail of a person), sorted by author. */
  authors: { author: string; changes: number }[];
}

/**
 * A comment with a marker of unfinished work and since when it has stood there. Files with few markers may be missing in a
 * repository with very many.
 */
export interface MarkerAgeFact extends Place {
  /** Committer time of the commit that last changed the comment; of what is older than a year, no later than this. */
  since: number;
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

/** A limit of a check that a commit changed in a well-known configuration file. */
export interface SettingChangeFact {
  commitId: string;
  path: string;
  /** Name in the file: `fail_under`, `--max-warnings`, `no-console`, `coverage.status.project.target`. */
  setting: string;
  kind: 'coverage' | 'warnings' | 'complexity' | 'rule' | 'strictness';
  /** As written; levels of rules are 0 off, 1 warning, 2 error, and switches 0 or 1. */
  before: number;
  after: number;
  isWeaker: boolean;
  isBot: boolean;
}

/** Credentials in what commits brought, whether it is still there or not. Sorted by path, then hash. */
export interface PastSecretsFact {
  /** One row a credential: where it came first. */
  secrets: PastSecretFact[];
  /** Every commit was read; if not, only the newest that fit into a fixed number of bytes. */
  isWhole: boolean;
  /** Commits that brought text of the kinds that are read, and how many of them were read, newest first. */
  commits: number;
  readCommits: number;
}

export interface PastSecretFact {
  /** As it was called then. */
  path: string;
  line: number;
  commitId: string;
  at: number;
  /** As in `SecretFact`. */
  kind: string;
  masked: string;
  hash: string;
  confidence: number;
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

/** Complexity and notes of unfinished work in one of the last revisions of a file that changes often. */
export interface FileRevisionFact {
  path: string;
  commitId: string;
  /** Committer time. */
  at: number;
  /** Sum over its functions. */
  cyclomatic: number;
  codeLines: number;
  /** Comments that mark unfinished work. */
  markers: number;
}

/** Health of the project in an earlier audit of the audited branch. */
export interface ScoreFact {
  at: number;
  /** 0–100 */
  score: number;
}

/** What the server judged before, of the same branch. */
export interface LastAuditFact {
  commit: string;
  /** Of the audit, within the project. */
  number: number;
  /** It leads to the audited commit, or is reached from it: nothing was taken out of the history. */
  isKept: boolean;
}

export interface HistorySummary {
  isShallow: boolean;
  /** Commits reachable from HEAD. */
  commits: number;
  contributors: number;
  /** People who committed within 12 months of `now` (main e-mail as in `fileHistory`), each with the newest commit, by author. */
  activity: { author: string; at: number }[];
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
