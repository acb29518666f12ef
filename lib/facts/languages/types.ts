import type { FunctionFact, LanguageId, ShellFlawFact } from '@/lib/magics/facts/code';
import type { CodeTree } from '../code/code-tree';
import type { LogicTable } from './logic/types';
import type { SecurityTable } from './security/types';
import type { SlowTable } from './slow/types';
import type { TestSmellTable } from './test-smells';
import type { TypeHintTable } from './type-hints';

/** What a node kind means to the collectors. A kind may have several roles. */
export const ROLES = [
  'comment',
  'function',
  'class',
  'if',
  'else',
  'elseIf',
  'ternary',
  'loop',
  'switch',
  'case',
  'try',
  'catch',
  'binary',
  'terminator',
  'block',
  'call',
  'string',
  'number',
  'constant',
  'identifier',
  'import',
  'parentheses',
  'return',
  'assertion',
  'afterExit',
  'attribute',
  'wrapper',
  'leaf',
  'parameterList',
] as const;

export type Role = (typeof ROLES)[number];

export type FunctionKind = FunctionFact['kind'];

/** A node of a parsed tree, by its position in preorder. */
export type NodeIndex = number;

export interface TestCase {
  /** Node whose lines and assertions are the test. */
  node: NodeIndex;
  name: string;
  framework: string;
  isSkipped: boolean;
  skipReason: string | null;
  isFocused: boolean;
  /** Statements of the body; null when the body is not a block. */
  body: NodeIndex | null;
  /** Written without a body: the grammar has no node for what is not there. */
  isBare?: boolean;
  /** Assertions stated outside the body: expected exceptions in attributes. */
  declaredAssertions: number;
  /** Function given instead of a body, by name. */
  helper?: string | null;
  /** Doubles named outside the body: decorators that patch. */
  declaredMocks?: number;
  /** Another test may bear the same name: overloads, parameters. */
  isTitleFree?: boolean;
}

export interface ImportRow {
  node: NodeIndex;
  specifier: string;
  isTypeOnly: boolean;
}

/** As `ShellFlawFact`, without its place in a tree. */
export type ShellFlawRow = Omit<ShellFlawFact, 'path' | 'role'>;

export interface CatchClause {
  /** Node the finding points at. */
  node: NodeIndex;
  /** Block of the handler; null for none, which is an empty handler. */
  body: NodeIndex | null;
  isBroad: boolean;
}

export interface IgnoredError {
  node: NodeIndex;
  form: 'ignored-result' | 'empty-promise-catch' | 'pass';
  isBroad: boolean;
}

export interface LanguageTable {
  id: LanguageId;
  /** Grammar inside the installed packages. */
  wasm: string;
  extensions: readonly string[];
  fileNames?: readonly string[];
  interpreters?: readonly string[];

  roles: Partial<Record<Role, readonly string[]>>;
  functions: Readonly<Record<string, FunctionKind>>;
  /** Fields and kinds of a control structure that are its head: what is inside them is not nested. */
  headFields?: readonly string[];
  headKinds?: readonly string[];
  /** For grammars that name no `alternative` field. */
  elseBranch?(tree: CodeTree, node: NodeIndex): NodeIndex | null;
  isElseBranch?(tree: CodeTree, node: NodeIndex): boolean;
  logicalOperators: readonly string[];
  /** A label of a case without statements of its own shares the path of the next one. */
  sharesCases?: boolean;
  /** Operators whose two operands should differ. */
  comparedOperators?: readonly string[];
  isIndentationSensitive?: boolean;
  /** Whether error nodes of this grammar mean that the text is wrong. */
  trustsErrors: 'always' | 'unbalanced' | 'confirmed' | 'never';

  docComment: RegExp;
  /** Any comment right above a declaration documents it. */
  isAnyCommentDoc?: boolean;

  functionName(tree: CodeTree, node: NodeIndex): string | null;
  functionKind?(tree: CodeTree, node: NodeIndex, kind: FunctionKind): FunctionKind;
  functionBody(tree: CodeTree, node: NodeIndex): NodeIndex | null;
  container?(tree: CodeTree, node: NodeIndex): string | null;
  className?(tree: CodeTree, node: NodeIndex): string | null;
  /** Nodes that each declare one parameter. */
  parameters(tree: CodeTree, node: NodeIndex): NodeIndex[];
  /** Name of a parameter, or null when it is destructured, a receiver, or kept for other reasons. */
  parameterName(tree: CodeTree, parameter: NodeIndex): string | null;
  isExported(tree: CodeTree, node: NodeIndex, name: string): boolean;
  /** Given where a member is no more visible than the type around it. */
  isTypeExported?(tree: CodeTree, type: NodeIndex): boolean;
  isOverride?(tree: CodeTree, node: NodeIndex): boolean;
  /** Statements of a body whose node holds other things too. */
  statements?(tree: CodeTree, body: NodeIndex): NodeIndex[] | null;
  /** A body node that holds statements though its kind has not the role `block`. */
  isBlockBody?(tree: CodeTree, body: NodeIndex): boolean;
  /** The last expression of a body is its value. */
  hasImplicitReturn?: boolean;
  /** A declaration by the language's own convention: abstract, overload, stub file. */
  isDeclaration?(tree: CodeTree, node: NodeIndex, statements: NodeIndex[]): boolean;
  /** First statement is a documentation string. */
  docString?(tree: CodeTree, statement: NodeIndex): boolean;
  /** Statements that do nothing: `pass`. */
  noOperation?: RegExp;
  /** Text of a statement that is the language's not-implemented form. */
  notImplemented: RegExp;
  /** Text of an expression that is a constant though no single literal node: `Ok(())`, `-1`, `[]`. */
  constantText?: RegExp;

  callee?(tree: CodeTree, call: NodeIndex): string | null;
  debugger?: RegExp;
  print?: RegExp;
  /** Kinds of statements that are a debugger call by themselves. */
  debuggerKinds?: readonly string[];
  /** A call of a debugger without arguments that reads like a name. */
  isDebuggerName?(tree: CodeTree, identifier: NodeIndex): boolean;
  /** Output the program is for: to an explicit stream. */
  isDeliberatePrint?(tree: CodeTree, call: NodeIndex): boolean;
  sleep?: RegExp;
  /** The call waits for a fixed time. */
  isSleep?(tree: CodeTree, call: NodeIndex): boolean;
  shell?: RegExp;
  eval?: RegExp;
  /** `isDangerous` alone decides; otherwise calls with literals are left out before. */
  judgesArguments?: boolean;
  isDangerous?(tree: CodeTree, call: NodeIndex, callee: string, form: 'shell' | 'eval'): boolean;
  slow?: SlowTable;
  types?: TypeHintTable;
  suppressions: readonly Suppression[];
  logic?: LogicTable;

  catches(tree: CodeTree, node: NodeIndex): CatchClause | null;
  /** Errors dropped elsewhere than in a handler. */
  ignoredErrors?(tree: CodeTree): IgnoredError[];
  imports(tree: CodeTree, node: NodeIndex): ImportRow[];
  /** Of scripts that a shell runs. */
  shellFlaws?(tree: CodeTree): ShellFlawRow[];
  /** Marks of a dialect that the grammar cannot read. */
  isKnownDialect?: RegExp;
  /** A terminator with a condition on it: `return if x`. */
  isConditionalExit?(tree: CodeTree, node: NodeIndex): boolean;
  declaredPackage?(tree: CodeTree): string | null;

  /** What an import says of the file's test framework. */
  testImports?: readonly (readonly [RegExp, string])[];
  tests?(tree: CodeTree, framework: string | null): TestCase[];
  /** Conditions, global, that hold only while tests run. */
  testBranch?: RegExp;
  /** Nodes that only a test build compiles. */
  testParts?(tree: CodeTree): NodeIndex[];
  /** Named test node whose own form asserts: `x shouldBe y`, `[ … ]` in a shell test. */
  isAssertion?(tree: CodeTree, node: NodeIndex): boolean;
  /** Callee, as written, of an assertion inside a test. */
  assertionCall?: RegExp;
  /** Calls that fail by themselves where what they look for is missing: an assertion where a test has no other. */
  impliedAssertion?: RegExp;
  /** Assertions that are no calls, in the text of a test that has no other; linear in it. */
  writtenAssertion?: RegExp;
  /** An assertion also outside tests, so that helpers can be told. */
  helperAssertion?: RegExp;
  testSmells?: TestSmellTable;

  /** Local names of imports and what they stand for, where imports rename: `h` for `hashlib`. */
  importedNames?(tree: CodeTree): ReadonlyMap<string, string>;
  security?: SecurityTable;
}

export interface Suppression {
  tool: string;
  /** Matched on the text of a comment, or of an attribute when `inAttribute`. */
  pattern: RegExp;
  inAttribute?: boolean;
  /** The named checks of a match; default: group `checks`, split at commas and spaces. */
  isBlanketWithoutChecks?: boolean;
}
