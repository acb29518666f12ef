import { ancestorWithRole, type CodeTree, fieldOf, fieldText, kindOf, nodesWithRole } from '../code/code-tree';
import { firstString, modifierText } from './shared';
import type { TestCase } from './types';

const TEST =
  /@(?:\w+\.)*(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property|Theory|QuarkusTest)\b(?!\w)/;
const SKIP = /@(?:\w+\.)*(?:Disabled|Ignore)\b(?:\(\s*(?:value\s*=\s*)?("(?:[^"\\]|\\.)*"|[^)]*))?/;

export const javaTestImports = [
  [/^org\.junit\.jupiter\b/, 'junit5'],
  [/^(?:org\.junit|junit\.framework)\b/, 'junit4'],
  [/^org\.testng\b/, 'testng'],
  [/^net\.jqwik\b/, 'jqwik'],
] as const;

/** Annotated methods, and `test…` methods of a JUnit 3 `TestCase`. */
export function javaTests(tree: CodeTree, framework: string | null): TestCase[] {
  const tests: TestCase[] = [];
  for (const node of nodesWithRole(tree, 'function')) {
    if (kindOf(tree, node) !== 'method_declaration') continue;
    const name = fieldText(tree, node, 'name') ?? '';
    const marks = modifierText(tree, node, 'modifiers');
    const owner = ancestorWithRole(tree, node, 'class');
    const base = owner === null ? '' : (fieldText(tree, owner, 'superclass') ?? '');
    const isOld = /^test/.test(name) && /TestCase\b/.test(base) && /\bpublic\b/.test(marks);
    const body = fieldOf(tree, node, 'body');
    if ((!TEST.test(marks) && !isOld) || body === null) continue;
    const around = owner === null ? '' : modifierText(tree, owner, 'modifiers');
    const skip = SKIP.exec(marks) ?? SKIP.exec(around);
    const isOff = /@Test\([^)]*\benabled\s*=\s*false/.test(marks);
    tests.push({
      node,
      name: owner === null ? name : `${fieldText(tree, owner, 'name') ?? ''}.${name}`,
      framework: framework ?? (isOld ? 'junit3' : 'junit'),
      isSkipped: skip !== null || isOff,
      skipReason: skip?.[1] ? firstString(skip[1]) : null,
      isFocused: false,
      body,
      declaredAssertions: /@(?:\w+\.)*Test\([^)]*\bexpected(?:Exceptions)?\s*=/.test(marks) ? 1 : 0,
    });
  }
  return tests;
}
