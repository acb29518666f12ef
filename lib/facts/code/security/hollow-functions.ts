import type { HollowFunction } from '../../languages/security/types';
import { type CodeTree, nodesWithRole, startOf, textOf } from '../code-tree';
import type { FoundFlaw } from './row';

/** Checks that someone has to write and that were left without one. */
export function hollowFunctions(tree: CodeTree, patterns: readonly HollowFunction[]): FoundFlaw[] {
  const { table } = tree.grammar;
  const found: FoundFlaw[] = [];
  if (patterns.length === 0) return found;
  for (const node of nodesWithRole(tree, 'function')) {
    const name = table.functionName(tree, node);
    const body = name === null ? null : table.functionBody(tree, node);
    const pattern = name === null || body === null ? undefined : patterns.find((entry) => entry.name.test(name));
    if (name === null || body === null || pattern === undefined) continue;
    const text = textOf(tree, body, 300)
      .replace(/\/\/[^\n]*|\/\*[^*]*\*\//g, '')
      .replace(/\s+/g, ' ');
    const head = tree.text.slice(startOf(tree, node), Math.min(startOf(tree, body), startOf(tree, node) + 500));
    if (pattern.parameters && !pattern.parameters.test(head)) continue;
    if (pattern.body.test(text)) found.push({ form: pattern.form, callee: name, node });
  }
  return found;
}
