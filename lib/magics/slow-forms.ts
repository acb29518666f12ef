import type { SlowFormFact } from './facts/code';
import { isScriptPath } from './paths';
import type { RawFinding } from './types';

/** Helpers that people or a pipeline start for one task. */
const HELPERS =
  /(?:^|\/)(?:extras?|releases?|dev|gen|codegen|code-generation|contrib|maintenance|examples?|samples?|demos?)\/|(?:^|\/)bundle-?size\.\w+$/i;

/** Runs once and serves nobody meanwhile. */
export const isOneShot = (path: string): boolean => isScriptPath(path) || HELPERS.test(path);

interface SlowFormOptions {
  form: SlowFormFact['form'];
  /** Programs started by hand may wait and go step by step. */
  countsScripts?: boolean;
  messageId: string;
}

/** One finding a line for slow forms of one kind in code that ships. */
export function* slowFormsOf(
  slowForms: readonly SlowFormFact[],
  { form, countsScripts = false, messageId }: SlowFormOptions,
): Generator<RawFinding, void, void> {
  const seen = new Set<string>();
  for (const { path, role, line, form: own, callee, text } of slowForms) {
    if (own !== form || role !== 'production' || (!countsScripts && isOneShot(path))) continue;
    const place = `${path}\0${line}`;
    if (seen.has(place)) continue;
    seen.add(place);
    yield { messageId, data: { callee }, location: { path, line }, evidence: text, anchor: text };
  }
}
