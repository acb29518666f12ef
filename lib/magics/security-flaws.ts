import type { SecurityFlawFact } from './facts/code';
import { isScriptPath } from './paths';

const DEMONSTRATION =
  /(?:^|[/_.-])(?:examples?|samples?|demos?|playground|sandbox|tutorials?|benchmarks?|mocks?|stories)(?=[/_.-])/i;

export interface JudgedFlaw {
  row: SecurityFlawFact;
  /** Run by hand or to build the product. */
  isScript: boolean;
}

/** Flaws of the given forms in code that is shipped or run, not in what shows or tests it. */
export function* flawsOf(
  rows: readonly SecurityFlawFact[],
  forms: ReadonlySet<SecurityFlawFact['form']>,
): Generator<JudgedFlaw> {
  for (const row of rows) {
    if (!forms.has(row.form) || row.role !== 'production' || DEMONSTRATION.test(row.path)) continue;
    yield { row, isScript: isScriptPath(row.path) };
  }
}
