/** Facts that lie in the files of the tree. Rows are sorted by path, then line. */

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
  /** `eslint`, `typescript`, `ruff`, `mypy`, `bandit`, `golangci-lint`, `java`, `rustc`, `csharp`, `rubocop`, `phpstan`, … */
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
