import type { SlowFormFact } from '@/lib/magics/facts/code';
import { type CodeTree, lineOf, lineText } from '../code-tree';

export type SlowRow = Omit<SlowFormFact, 'path' | 'role'>;

export function slowRow(tree: CodeTree, node: number, form: SlowFormFact['form'], callee: string): SlowRow {
  const line = lineOf(tree, node);
  return { line, form, callee: callee.slice(0, 80), text: lineText(tree, line) };
}
