import type { FactTables, Totals } from './facts';
import type { FileFact, TestFact } from './facts/code';

/** Densities of less code are for information only. */
export const MIN_CODE_LINES = 500;

/** What densities are divided by. */
export function totalsOf(
  files: readonly FileFact[],
  functions: FactTables['functions'],
  tests: readonly TestFact[],
): Totals {
  const totals: Totals = {
    files: files.length,
    productionFiles: 0,
    codeLines: 0,
    commentLines: 0,
    testCodeLines: 0,
    functions: 0,
    tests: tests.filter(({ role }) => role === 'test' || role === 'production').length,
  };
  for (const file of files) {
    if (file.role === 'production') {
      totals.productionFiles += 1;
      totals.codeLines += file.codeLines;
      totals.commentLines += file.commentLines;
    } else if (file.role === 'test') {
      totals.testCodeLines += file.codeLines;
      totals.commentLines += file.commentLines;
    }
  }
  for (const { role, body } of functions) if (role === 'production' && body !== 'none') totals.functions += 1;
  return totals;
}
