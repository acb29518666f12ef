import { type CodeTree, descendantsOfKind, fieldOf, fieldText, kindOf, nodesWithRole, textOf } from '../code/code-tree';
import { attributesBefore, firstString } from './shared';
import type { NodeIndex, TestCase } from './types';

const TEST =
  /^#\[\s*(?:(?:\w+::)*test|rstest|test_case|test_log::test|wasm_bindgen_test|quickcheck|apply|case|googletest::gtest|gtest)\b/;
const SKIP = /^#\[\s*ignore\b/;

/** `#[cfg(test)] mod tests { … }` */
export function rustTestParts(tree: CodeTree): NodeIndex[] {
  return descendantsOfKind(tree, 0, 'mod_item').filter(
    (node) =>
      fieldOf(tree, node, 'body') !== null &&
      attributesBefore(tree, node, 'attribute_item').some((attribute) =>
        /^#\[\s*cfg\(\s*(?:all\(\s*)?test\s*[,)]/.test(textOf(tree, attribute, 200)),
      ),
  );
}

export function rustTests(tree: CodeTree): TestCase[] {
  const tests: TestCase[] = [];
  for (const node of nodesWithRole(tree, 'function')) {
    if (kindOf(tree, node) !== 'function_item') continue;
    const attributes = attributesBefore(tree, node, 'attribute_item').map((attribute) => textOf(tree, attribute, 500));
    if (!attributes.some((text) => TEST.test(text))) continue;
    const skip = attributes.find((text) => SKIP.test(text));
    const body = fieldOf(tree, node, 'body');
    const returns = fieldText(tree, node, 'return_type') ?? '';
    // A test that returns a Result, or is expected to panic, asserts by that.
    const isChecked =
      /Result\b/.test(returns) ||
      attributes.some((text) => /^#\[\s*(?:should_panic|quickcheck)/.test(text) || /=>/.test(text));
    tests.push({
      node,
      name: fieldText(tree, node, 'name') ?? '',
      framework: attributes.some((text) => /rstest/.test(text)) ? 'rstest' : 'rust',
      isSkipped: skip !== undefined,
      skipReason: skip === undefined ? null : firstString(skip),
      isFocused: false,
      body,
      declaredAssertions: isChecked ? 1 : 0,
    });
  }
  return tests;
}
