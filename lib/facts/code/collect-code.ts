import type { LanguageId } from '@/lib/magics/facts/code';
import type { BlobFacts } from '../blob-facts';
import { callSites, collectDangerousCalls, collectDebugCalls } from './calls';
import { endLineOf, lineOf } from './code-tree';
import { collectComments } from './comments';
import { measureComplexity } from './complexity';
import { collectFingerprints, hashCode } from './fingerprints';
import { collectFunctions, countClassMethods } from './functions';
import { loadLanguage } from './grammar';
import { collectHomoglyphs } from './homoglyphs';
import { collectImports } from './imports';
import { countLines } from './lines';
import { collectLogicFlaws } from './logic-flaws';
import { collectMagicNumbers } from './magic-numbers';
import { parse } from './parse';
import { collectParseErrors } from './parse-errors';
import { collectSlowForms } from './performance/collect-slow-forms';
import { collectSecurityFlaws } from './security/collect-security-flaws';
import { collectShortNames } from './short-names';
import { collectSuppressions } from './suppressions';
import { collectSwallowedErrors } from './swallowed-errors';
import { collectTestBranches } from './test-branches';
import { collectTests } from './tests';
import { collectTypeCoverage } from './type-coverage';

/** The part of `BlobFacts` that a parse yields. */
export type CodeFacts = Omit<
  BlobFacts,
  | 'skipped'
  | 'isBinary'
  | 'binaryKind'
  | 'language'
  | 'isGenerated'
  | 'secrets'
  | 'dataErrors'
  | 'conflictMarkers'
  | 'placeholders'
  | 'documentReferences'
  | 'pathMentions'
>;

/** Skipped when the text cannot be parsed within the limits of size and work. */
export async function collectCode(text: string, id: LanguageId): Promise<CodeFacts | { skipped: 'timeout' }> {
  const language = await loadLanguage(id);
  const tree = parse(text, language);
  if (!tree) return { skipped: 'timeout' };

  const lines = countLines(tree);
  const functions = collectFunctions(tree, measureComplexity(tree), lines);
  const sites = callSites(tree);
  const imports = collectImports(tree);
  return {
    codeLines: lines.codeLines,
    commentLines: lines.commentLines,
    blankLines: lines.blankLines,
    maxClassMethods: countClassMethods(tree, functions),
    comments: collectComments(tree),
    functions: functions.rows,
    swallowedErrors: collectSwallowedErrors(tree),
    suppressions: collectSuppressions(tree),
    debugCalls: collectDebugCalls(tree, sites),
    imports,
    ...collectTests(tree, sites, imports, functions),
    testLines: tree.grammar.table.testParts?.(tree).map((node) => [lineOf(tree, node), endLineOf(tree, node)]) ?? [],
    logicFlaws: collectLogicFlaws(tree, sites),
    magicNumbers: collectMagicNumbers(tree),
    shortNames: collectShortNames(tree, functions),
    dangerousCalls: collectDangerousCalls(tree, sites),
    securityFlaws: collectSecurityFlaws(tree, sites, imports),
    slowForms: collectSlowForms(tree, sites),
    typeCoverage: collectTypeCoverage(tree),
    testBranches: collectTestBranches(tree),
    shellFlaws: tree.grammar.table.shellFlaws?.(tree) ?? [],
    parseErrors: collectParseErrors(tree),
    hiddenCharacters: collectHomoglyphs(tree),
    ...collectFingerprints(tree),
    codeHash: hashCode(tree),
    declaredPackage: tree.grammar.table.declaredPackage?.(tree) ?? null,
  };
}
