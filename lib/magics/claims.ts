import { parseConventional } from './commits';
import type { CommitFact } from './facts/history';
import { baseName, extensionOf, isDocumentationPath, isProductionPath, isTestPath, languageOfPath } from './paths';

/** What the subject of a commit says that its files can confirm or deny. */
export type Claim = 'tests' | 'documentation' | 'bug-fix' | 'complete';

const TEST_TYPES = new Set(['test', 'tests']);
const DOCUMENTATION_TYPES = new Set(['docs', 'doc']);
const ADDS_TESTS =
  /\b(?:add(?:s|ed|ing)?|writ(?:e|es|ing)|include[sd]?)\s+(?:(?:unit|integration|regression|more|missing|some|new|basic|initial|the|a|e2e|automated|failing)\s+){0,2}tests?\b(?!\s*(?:workflow|target|script|command|runner|config|job|matrix|dep|env|data|helper|util|flag|mode|id|attribute|option|setup|server|page|plan|instruction|badge|coverage|result|method|function|suite name|run|framework|infra|docker|image|build|project|package|app|account|user|plugin|macro|mark))/i;
const ADDS_TESTS_JA = /テスト(?:コード|ケース)?(?:を|の)?(?:追加|作成|実装)/u;
const DEFECT =
  /\b(?:bugs?|crash(?:es|ed|ing)?|leaks?|race|regressions?|deadlocks?|panics?|overflow|vulnerabilit(?:y|ies)|null ?pointer|off-by-one)\b|バグ|不具合/i;
const ABOUT_TEXT =
  /\b(?:docs?|documentation|readme|typos?|links?|comments?|change ?log|examples?|wording|grammar|spelling|guides?|markdown|badges?|licen[cs]e|website|site|page|tutorials?|translations?|format(?:ting)?|lint|reports?|templates?|policy|bounty|tracker|list)\b|文書|ドキュメント|誤字|文言/i;
const COMPLETES =
  /^(?:complete[sd]?|finish(?:e[sd])?|fully implement(?:s|ed)?|implement(?:s|ed)?|done)\b|(?:完了|完成|実装(?:しました|した|完了)?)$/i;

/** The description without a conventional prefix. */
function description(subject: string): string {
  return parseConventional(subject)?.description ?? subject;
}

export function claimOf({ subject }: Pick<CommitFact, 'subject'>): Claim | null {
  const conventional = parseConventional(subject);
  if (conventional && TEST_TYPES.has(conventional.type)) return 'tests';
  if (conventional && DOCUMENTATION_TYPES.has(conventional.type)) return 'documentation';
  // Style to some is layout, to others what a linter asks for.
  if (conventional?.type === 'style') return null;
  if (ADDS_TESTS.test(subject) || ADDS_TESTS_JA.test(subject)) return 'tests';
  const isFix = conventional ? conventional.type === 'fix' : /^fix(?:e[sd])?\b/i.test(subject);
  if (isFix && DEFECT.test(subject) && !ABOUT_TEXT.test(`${conventional?.scope ?? ''} ${description(subject)}`))
    return 'bug-fix';
  return COMPLETES.test(description(subject)) ? 'complete' : null;
}

/** Documentation that lives in string literals: help texts and the like. */
const PROSE_IN_CODE = /\b(?:man ?pages?|--?help|help|usage|doc ?strings?|descriptions?|messages?)\b|ヘルプ|説明/i;

export function mayBeProseInCode(subject: string): boolean {
  return PROSE_IN_CODE.test(subject);
}

/** Anything near tests: configuration, snapshots, mocks, Rust and Go files that hold tests inside. */
const NEAR_TESTS = /test|spec|fixture|snap|mock|e2e|cypress|playwright|jest|karma|bench|golden|expect|sample|example/i;
const HOLDS_INLINE_TESTS = new Set(['rust', 'c', 'cpp']);

export function touchesTests(files: CommitFact['files'], inlineTestPaths: ReadonlySet<string>): boolean {
  return files.some(({ path }) => {
    const language = languageOfPath(path);
    return (
      isTestPath(path) ||
      NEAR_TESTS.test(path) ||
      inlineTestPaths.has(path) ||
      (language !== null && HOLDS_INLINE_TESTS.has(language))
    );
  });
}

/** Production code whose tokens are known to differ. */
export function changesCode({ path, isCodeChanged }: CommitFact['files'][number]): boolean {
  return (
    isCodeChanged === true &&
    isProductionPath(path) &&
    languageOfPath(path) !== null &&
    baseName(path) !== '__init__.py'
  );
}

export function isProseOnly(files: CommitFact['files']): boolean {
  return (
    files.length > 0 &&
    files.every(
      ({ path }) => isDocumentationPath(path) && ['md', 'mdx', 'rst', 'txt', 'adoc', ''].includes(extensionOf(path)),
    )
  );
}
