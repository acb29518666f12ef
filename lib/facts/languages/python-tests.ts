import {
  ancestorWithRole,
  type CodeTree,
  childrenOf,
  fieldOf,
  fieldText,
  kindOf,
  nodesWithRole,
  parentOf,
  textOf,
} from '../code/code-tree';
import { firstString } from './shared';
import type { NodeIndex, TestCase } from './types';

const SKIP = /@(?:(?:pytest\.)?mark\.(?:skip|xfail)|(?:unittest\.)?(?:skip|expectedFailure))\b(?!if)/i;
const SKIP_CALL = /^(?:pytest\.(?:skip|xfail)|self\.skipTest)\(/;

function decoratorsOf(tree: CodeTree, node: NodeIndex): string[] {
  const parent = parentOf(tree, node);
  if (kindOf(tree, parent) !== 'decorated_definition') return [];
  return childrenOf(tree, parent)
    .filter((child) => kindOf(tree, child) === 'decorator')
    .map((child) => textOf(tree, child, 500));
}

/** What pytest and unittest collect: `test*` functions of a module, `test*` methods of a test class. */
export function pythonTests(tree: CodeTree, framework: string | null): TestCase[] {
  const tests: TestCase[] = [];
  for (const node of nodesWithRole(tree, 'function')) {
    const name = kindOf(tree, node) === 'function_definition' ? (fieldText(tree, node, 'name') ?? '') : '';
    if (!/^test(?:_|[A-Z]|$)/.test(name) || ancestorWithRole(tree, node, 'function') !== null) continue;
    const owner = ancestorWithRole(tree, node, 'class');
    if (owner !== null && !isTestClass(tree, owner)) continue;
    if (owner === null && isCalledWithArguments(tree, name)) continue;
    const decorators = decoratorsOf(tree, node);
    if (decorators.some((text) => /fixture|property|staticmethod/.test(text))) continue;
    const marks = owner === null ? decorators : [...decorators, ...decoratorsOf(tree, owner)];
    const body = fieldOf(tree, node, 'body');
    const skip = marks.find((text) => SKIP.test(text)) ?? firstSkip(tree, body);
    tests.push({
      node,
      name: owner === null ? name : `${fieldText(tree, owner, 'name') ?? ''}.${name}`,
      framework:
        framework ??
        (owner !== null && /TestCase/.test(fieldText(tree, owner, 'superclasses') ?? '') ? 'unittest' : 'pytest'),
      isSkipped: skip !== undefined,
      skipReason: skip === undefined ? null : firstString(skip),
      isFocused: false,
      body,
      declaredMocks: decorators.filter((text) => /^@(?:\w+\.)*patch(?:\.(?:object|multiple))?\(/.test(text)).length,
      isTitleFree: decorators.some((text) => /overload|\.register|setter|flaky_variant/.test(text)),
      declaredAssertions:
        handsOverSnapshot(tree, body) +
        (marks.some((text) => /xfail|expectedFailure|pytest\.mark\.(?:benchmark|parametrize_assert)/.test(text))
          ? 1
          : 0),
    });
  }
  return tests;
}

/** A helper of a script that tests by itself: no runner knows what to give it. */
const isCalledWithArguments = (tree: CodeTree, name: string): boolean =>
  new RegExp(`(?<!def )(?<![\\w.])${name}\\((?!\\s*\\))`).test(tree.text);

/** A helper that is given the fixture of stored results compares with them. */
function handsOverSnapshot(tree: CodeTree, body: NodeIndex | null): number {
  const text = body === null ? '' : textOf(tree, body, 100_000);
  return [...text.matchAll(/[(,]\s*(?:\w+\s*=\s*)?\w*snapshot\s*(?=[,)])/g)].length;
}

function isTestClass(tree: CodeTree, owner: NodeIndex): boolean {
  const name = fieldText(tree, owner, 'name') ?? '';
  return /^Test|Tests?$|TestCase$/.test(name) || /Test/.test(fieldText(tree, owner, 'superclasses') ?? '');
}

/** A test that begins by skipping itself, on no condition. */
function firstSkip(tree: CodeTree, body: NodeIndex | null): string | undefined {
  if (body === null) return undefined;
  return childrenOf(tree, body)
    .slice(0, 2)
    .map((child) => textOf(tree, child, 300))
    .find((text) => SKIP_CALL.test(text));
}
