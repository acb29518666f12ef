import type { LanguageId } from '@/lib/magics/facts';
import type { BlobFacts } from '../blob-facts';
import { collectComments } from './comments';
import { measureComplexity } from './complexity';
import { collectFunctions, countClassMethods } from './functions';
import { loadLanguage } from './grammar';
import { countLines } from './lines';
import { parse } from './parse';

/** The part of `BlobFacts` that a parse yields. */
export type CodeFacts = Omit<
  BlobFacts,
  'skipped' | 'isBinary' | 'language' | 'isGenerated' | 'secrets' | 'dataErrors' | 'conflictMarkers'
>;

/** Skipped when the text cannot be parsed within the limits of size and work. */
export async function collectCode(text: string, id: LanguageId): Promise<CodeFacts | { skipped: 'timeout' }> {
  const language = await loadLanguage(id);
  const tree = parse(text, language);
  if (!tree) return { skipped: 'timeout' };

  const lines = countLines(tree);
  const functions = collectFunctions(tree, measureComplexity(tree), lines);
  return {
    testFramework: null,
    codeLines: lines.codeLines,
    commentLines: lines.commentLines,
    blankLines: lines.blankLines,
    maxClassMethods: countClassMethods(tree, functions),
    comments: collectComments(tree),
    functions: functions.rows,
    swallowedErrors: [],
    suppressions: [],
    debugCalls: [],
    imports: [],
    tests: [],
    assertionHelpers: [],
    logicFlaws: [],
    dangerousCalls: [],
    parseErrors: [],
    fingerprints: [],
    codeHash: null,
    declaredPackage: tree.grammar.table.declaredPackage?.(tree) ?? null,
  };
}
