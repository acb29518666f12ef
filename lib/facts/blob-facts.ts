import type {
  CommentFact,
  ConflictMarkerFact,
  DangerousCallFact,
  DataErrorFact,
  DebugCallFact,
  DocumentReferenceFact,
  FileFact,
  FunctionFact,
  HiddenCharacterFact,
  ImportFact,
  LanguageId,
  LogicFlawFact,
  MagicNumberFact,
  ParseErrorFact,
  Place,
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
} from '@/lib/magics/facts/code';

/** Raised with any change that may alter a row; part of the cache key of blob facts. */
export const EXTRACTOR_VERSION = 14;

/** A row without its place in a tree: a blob is parsed once, whatever paths hold it. */
export type BlobRow<Fact extends Place> = Omit<Fact, 'path' | 'role'>;

/** A test as one blob shows it: assertions in helpers of other files are added when facts are assembled. */
export type BlobTest = Omit<TestFact, 'path' | 'role' | 'calls'> & {
  /** Names of functions it calls that are not known assertions, sorted, at most 50. */
  calls: string[];
};

/** Winnowed fingerprint of normalised tokens; equal hashes are candidate clones. */
export interface TokenFingerprint {
  /** 48-bit hash of a window of tokens. */
  hash: number;
  /** Index of the first token of the window. */
  token: number;
  line: number;
  endLine: number;
}

/** Everything one blob says under one parser. Plain JSON. */
export interface BlobFacts {
  /** Why the content was not read, else null; the rest is empty then. */
  skipped: string | null;
  isBinary: boolean;
  binaryKind: FileFact['binaryKind'];
  /** Language it was parsed as; null when only the lexer or nothing read it. */
  language: LanguageId | null;
  /** A header says the file is generated, or its lines look minified. */
  isGenerated: boolean;
  /** Test framework the file imports or whose forms it uses, else null. */
  testFramework: string | null;
  codeLines: number;
  commentLines: number;
  blankLines: number;
  maxClassMethods: number;
  comments: BlobRow<CommentFact>[];
  functions: BlobRow<FunctionFact>[];
  swallowedErrors: BlobRow<SwallowedErrorFact>[];
  suppressions: BlobRow<SuppressionFact>[];
  debugCalls: BlobRow<DebugCallFact>[];
  imports: Omit<BlobRow<ImportFact>, 'target'>[];
  tests: BlobTest[];
  testSmells: BlobRow<TestSmellFact>[];
  /** First and last lines of parts that exist for tests alone, such as modules that only a test build compiles. */
  testLines: [from: number, to: number][];
  /** Assertions inside functions that are not tests, for helpers one call away: name and count, sorted. */
  assertionHelpers: { name: string; assertions: number }[];
  logicFlaws: BlobRow<LogicFlawFact>[];
  magicNumbers: BlobRow<MagicNumberFact>[];
  shortNames: BlobRow<ShortNameFact>[];
  dangerousCalls: BlobRow<DangerousCallFact>[];
  securityFlaws: BlobRow<SecurityFlawFact>[];
  slowForms: BlobRow<SlowFormFact>[];
  typeCoverage: BlobRow<TypeCoverageFact>[];
  testBranches: BlobRow<TestBranchFact>[];
  placeholders: BlobRow<PlaceholderFact>[];
  documentReferences: BlobRow<DocumentReferenceFact>[];
  shellFlaws: BlobRow<ShellFlawFact>[];
  parseErrors: BlobRow<ParseErrorFact>[];
  dataErrors: BlobRow<DataErrorFact>[];
  secrets: BlobRow<SecretFact>[];
  conflictMarkers: BlobRow<ConflictMarkerFact>[];
  hiddenCharacters: BlobRow<HiddenCharacterFact>[];
  /** Words that may name files, directories, modules or packages, and marks of `path-mentions.ts`. */
  pathMentions: string[];
  fingerprints: TokenFingerprint[];
  /** The tokens that were fingerprinted, one character each, on the lines they stand on. */
  tokens: string;
  /** Hash of the code tokens without comments, white space and prose in literals; tells a change of documentation. */
  codeHash: string | null;
  /** Package, module or namespace the file declares (Java, Kotlin, C#, PHP, Go), for resolving imports. */
  declaredPackage: string | null;
}
