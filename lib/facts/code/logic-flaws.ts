import type { BlobFacts } from '../blob-facts';
import type { CallSite } from './calls';
import { type CodeTree, lineOf, textOf } from './code-tree';
import { constantConditions } from './logic/constant-condition';
import { duplicateKeys } from './logic/duplicate-keys';
import { endlessLoops } from './logic/endless-loop';
import { identicalOperands } from './logic/identical-operands';
import { looseEqualities } from './logic/loose-equality';
import { folded } from './logic/pure';
import { repeatedConditions } from './logic/repeated-condition';
import { selfAssignments } from './logic/self-assignment';
import { unreachable } from './logic/unreachable';
import { unusedResults } from './logic/unused-result';

type Row = BlobFacts['logicFlaws'][number];

export function collectLogicFlaws(tree: CodeTree, sites: readonly CallSite[]): Row[] {
  return [
    ...identicalOperands(tree),
    ...unreachable(tree),
    ...repeatedConditions(tree),
    ...constantConditions(tree),
    ...endlessLoops(tree),
    ...selfAssignments(tree),
    ...duplicateKeys(tree),
    ...unusedResults(tree, sites),
    ...looseEqualities(tree),
    ...mutableDefaults(tree),
    ...capturedVariables(tree),
  ].sort((a, b) => a.line - b.line || (a.form < b.form ? -1 : 1));
}

function mutableDefaults(tree: CodeTree): Row[] {
  const found = tree.grammar.table.logic?.mutableDefaults?.(tree) ?? [];
  return found.map(({ node, isChanged }) => ({
    line: lineOf(tree, node),
    form: 'mutable-default',
    text: folded(textOf(tree, node, 200)),
    detail: isChanged ? 'changed' : 'unchanged',
  }));
}

function capturedVariables(tree: CodeTree): Row[] {
  const found = tree.grammar.table.logic?.capturedVariables?.(tree) ?? [];
  return found.map(({ node, name }) => ({ line: lineOf(tree, node), form: 'captured-variable', text: name }));
}
