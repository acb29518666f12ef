import type { CallSite } from '../calls';
import type { CodeTree } from '../code-tree';
import { fixedAddresses } from './addresses';
import { doubleRecursions } from './double-recursion';
import { localStores } from './local-store';
import { loopCalls } from './loop-calls';
import { loopTexts } from './loop-text';
import { sharedStates } from './shared-state';
import type { SlowRow } from './slow-row';
import { unboundedForms } from './unbounded';
import { waits } from './waits';

const MAX_ROWS = 500;

export function collectSlowForms(tree: CodeTree, sites: readonly CallSite[]): SlowRow[] {
  return [
    ...waits(tree, sites),
    ...loopCalls(tree, sites),
    ...loopTexts(tree),
    ...doubleRecursions(tree, sites),
    ...sharedStates(tree),
    ...fixedAddresses(tree),
    ...unboundedForms(tree, sites),
    ...localStores(tree, sites),
  ]
    .sort((a, b) => a.line - b.line || (a.form < b.form ? -1 : a.form > b.form ? 1 : 0))
    .slice(0, MAX_ROWS);
}
