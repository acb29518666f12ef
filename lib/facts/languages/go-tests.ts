import {
  type CodeTree,
  childOfKind,
  fieldOf,
  fieldText,
  kindOf,
  nodesWithRole,
  partsOf,
  textOf,
} from '../code/code-tree';
import { firstString } from './shared';
import type { NodeIndex, TestCase } from './types';

const SKIP = /^\w+\.(?:Skip|Skipf|SkipNow)\(/;

/** `func TestX(t *testing.T)` and fuzz targets. Subtests belong to their function. */
export function goTests(tree: CodeTree, framework: string | null): TestCase[] {
  const tests: TestCase[] = [];
  for (const node of nodesWithRole(tree, 'function')) {
    const kind = kindOf(tree, node);
    if (kind !== 'function_declaration' && kind !== 'method_declaration') continue;
    const name = fieldText(tree, node, 'name') ?? '';
    const parameters = fieldText(tree, node, 'parameters') ?? '';
    const isFunction = kind === 'function_declaration' && /^\(\s*\w+\s+\*testing\.[TF]\s*\)$/.test(parameters);
    // Methods of a suite: `func (s *Suite) TestX()`.
    const isMethod =
      kind === 'method_declaration' &&
      /^\(\s*\)$/.test(parameters) &&
      /Suite/.test(fieldText(tree, node, 'receiver') ?? '');
    if (!/^(?:Test|Fuzz)(?:[^a-z]|$)/.test(name) || !(isFunction || isMethod)) continue;
    const body = fieldOf(tree, node, 'body');
    const list = body === null ? null : childOfKind(tree, body, 'statement_list');
    const statements = list === null ? [] : partsOf(tree, list);
    const skip = statements
      .slice(0, 2)
      .map((part) => textOf(tree, part, 300))
      .find((text) => SKIP.test(text));
    tests.push({
      node,
      name,
      framework: framework ?? 'go testing',
      isSkipped: skip !== undefined,
      skipReason: skip === undefined ? null : firstString(skip),
      isFocused: false,
      body,
      declaredAssertions: handsOver(tree, node, parameters),
    });
  }
  return tests;
}

/** A call that is given `t` can fail the test. */
function handsOver(tree: CodeTree, node: NodeIndex, parameters: string): number {
  const handle = /^\(\s*(\w+)/.exec(parameters)?.[1];
  if (!handle) return 0;
  const text = textOf(tree, node, 100_000);
  return [...text.matchAll(new RegExp(`[\\w)\\]]\\(\\s*(?:[^()]*,\\s*)?${handle}\\s*[,)]`, 'g'))].length;
}
