import {
  type CodeTree,
  fieldOf,
  fieldText,
  hasRole,
  kindOf,
  nodesWithRole,
  parentOf,
  partsOf,
  textOf,
} from '../code/code-tree';
import type { IgnoredError, NodeIndex, TestCase } from './types';

const TEST =
  /^(?:(?:[xf])?(?:it|test|specify)|(?:QUnit|Deno|t|nodeTest)\.(?:test|it|only|skip|todo)|(?:it|test|specify)(?:\.(?:only|skip|todo|concurrent|sequential|failing|fails|serial|each|for|skipIf|runIf|fixme|slow|cb|prop))+)$/;
const SUITE =
  /^(?:[xf]?(?:describe|context|suite)|(?:test\.)?(?:describe|context|suite)(?:\.(?:only|skip|todo|concurrent|sequential|each|for|skipIf|runIf|serial|parallel|fixme|shuffle))+|test\.describe)$/;
const SKIPPED = /^x|\.(?:skip|todo|fixme)\b/;
const FOCUSED = /^f(?:it|test|describe|context)|\.only\b/;
/** Enclosing suites are looked for this far up. */
const MAX_DEPTH = 100;

export const ecmaTestImports = [
  [/^(?:vitest|vite-plus\/test)$/, 'vitest'],
  [/^node:test$/, 'node:test'],
  [/^bun:test$/, 'bun'],
  [/^@jest\/globals$/, 'jest'],
  [/^(?:mocha|chai)$/, 'mocha'],
  [/^ava$/, 'ava'],
  [/^(?:tap|tape)$/, 'tap'],
  [/^@playwright\/test$/, 'playwright'],
  [/^qunit$/i, 'qunit'],
  [/^uvu$/, 'uvu'],
] as const;

/** Callee of a call, that of `test.each(…)('name', fn)` and of `test.skipIf(x)('name', fn)` included. */
function calleeOf(tree: CodeTree, call: NodeIndex): string {
  let target = fieldOf(tree, call, 'function');
  for (let step = 0; target !== null && kindOf(tree, target) === 'call_expression' && step < 3; step++) {
    target = fieldOf(tree, target, 'function');
  }
  return target === null ? '' : textOf(tree, target, 80).replace(/\s+/g, '');
}

interface Suite {
  isSkipped: boolean;
  focused: NodeIndex | null;
}

function suiteAround(tree: CodeTree, node: NodeIndex): Suite {
  const suite: Suite = { isSkipped: false, focused: null };
  let up = parentOf(tree, node);
  for (let step = 0; up >= 0 && step < MAX_DEPTH; step++, up = parentOf(tree, up)) {
    if (kindOf(tree, up) !== 'call_expression') continue;
    const callee = calleeOf(tree, up);
    if (!SUITE.test(callee)) continue;
    if (SKIPPED.test(callee)) suite.isSkipped = true;
    if (FOCUSED.test(callee)) suite.focused = up;
  }
  return suite;
}

export function ecmaTests(tree: CodeTree, framework: string | null): TestCase[] {
  const tests: TestCase[] = [];
  const focusedSuites = new Set<NodeIndex>();
  for (const node of nodesWithRole(tree, 'call')) {
    if (
      kindOf(tree, node) !== 'call_expression' ||
      kindOf(tree, fieldOf(tree, node, 'arguments') ?? node) !== 'arguments'
    )
      continue;
    const callee = calleeOf(tree, node);
    if (!TEST.test(callee)) continue;
    const parts = partsOf(tree, fieldOf(tree, node, 'arguments') ?? node);
    const [title] = parts;
    const isTitled = title !== undefined && /^(?:template_)?string$/.test(kindOf(tree, title));
    const callback = parts.findLast((part) => hasRole(tree, part, 'function'));
    // `test(value)` and `it(props)` are other functions of the same name; `test.each(table)` is only half a test.
    if (title === undefined || (!isTitled && callback === undefined) || isCalledAgain(tree, node)) continue;
    if (!isTitled && framework === null) continue;
    const suite = suiteAround(tree, node);
    const isFirstFocused = suite.focused !== null && !focusedSuites.has(suite.focused);
    if (suite.focused !== null) focusedSuites.add(suite.focused);
    const isPending = parts.length === 1 && isTitled;
    const body = callback === undefined ? null : fieldOf(tree, callback, 'body');
    const named = parts.slice(1).filter((part) => kindOf(tree, part) === 'identifier');
    // AVA's shared tests come before what they are given; elsewhere the callback comes last.
    const other = framework === 'ava' ? named[0] : named.at(-1);
    tests.push({
      node,
      name: titleText(tree, title),
      framework: framework ?? 'jest',
      isSkipped: suite.isSkipped || isPending || SKIPPED.test(callee) || isSkippedByOption(tree, parts),
      skipReason: /\.todo\b/.test(callee) ? 'todo' : isPending ? 'pending' : reasonOf(tree, parts),
      isFocused: isFirstFocused || FOCUSED.test(callee),
      body: body !== null && hasRole(tree, body, 'block') ? body : null,
      declaredAssertions: /\.(?:failing|fails|todo|prop)\b/.test(callee) || isPending ? 1 : 0,
      helper: other === undefined ? null : textOf(tree, other),
    });
  }
  return tests;
}

/** Playwright's `test.skip(condition, 'reason')`. */
function reasonOf(tree: CodeTree, parts: readonly NodeIndex[]): string | null {
  const [condition, reason] = parts;
  if (condition === undefined || reason === undefined || parts.length !== 2) return null;
  const isText = (part: NodeIndex): boolean => /^(?:template_)?string$/.test(kindOf(tree, part));
  return isText(reason) && !isText(condition) ? titleText(tree, reason) : null;
}

function isCalledAgain(tree: CodeTree, call: NodeIndex): boolean {
  const parent = parentOf(tree, call);
  return parent >= 0 && kindOf(tree, parent) === 'call_expression' && fieldOf(tree, parent, 'function') === call;
}

function isSkippedByOption(tree: CodeTree, parts: readonly NodeIndex[]): boolean {
  const options = parts.find((part) => kindOf(tree, part) === 'object');
  return options !== undefined && /\b(?:skip|todo)\s*:\s*(?:true|["'`])/.test(textOf(tree, options, 500));
}

const titleText = (tree: CodeTree, title: NodeIndex): string => textOf(tree, title, 250).replace(/^["'`]|["'`]$/g, '');

/** `await new Promise((resolve) => setTimeout(resolve, 100))`, and `sleep(100)`. */
export function isEcmaSleep(tree: CodeTree, call: NodeIndex): boolean {
  const list = fieldOf(tree, call, 'arguments');
  const parts = list === null ? [] : partsOf(tree, list);
  const callee = fieldText(tree, call, 'function') ?? '';
  const wait = /setTimeout$/.test(callee) ? parts[1] : parts[0];
  if (wait === undefined || kindOf(tree, wait) !== 'number' || /^0$/.test(textOf(tree, wait))) return false;
  if (!/setTimeout$/.test(callee)) return true;
  // Waiting is handing over the promise's own resolve; other callbacks are what the test is about.
  const [callback] = parts;
  if (callback === undefined || !/^(?:r|res|resolve|fulfil\w*)$/.test(textOf(tree, callback))) return false;
  return isAwaitedPromise(tree, call);
}

/** A promise kept for later is part of what is tested, not a pause of the test. */
function isAwaitedPromise(tree: CodeTree, call: NodeIndex): boolean {
  let up = parentOf(tree, call);
  while (up >= 0 && !/^(?:new_expression|await_expression|program)$/.test(kindOf(tree, up))) up = parentOf(tree, up);
  return up >= 0 && kindOf(tree, up) === 'new_expression' && kindOf(tree, parentOf(tree, up)) === 'await_expression';
}

/** `.catch(() => {})`: a promise whose failure nobody will hear of. */
export function emptyPromiseCatches(tree: CodeTree): IgnoredError[] {
  const found: IgnoredError[] = [];
  for (const node of nodesWithRole(tree, 'call')) {
    const target = fieldOf(tree, node, 'function');
    if (
      target === null ||
      kindOf(tree, target) !== 'member_expression' ||
      fieldText(tree, target, 'property') !== 'catch'
    )
      continue;
    const list = fieldOf(tree, node, 'arguments');
    const [handler, ...more] = list === null ? [] : partsOf(tree, list);
    if (handler === undefined || more.length > 0 || !hasRole(tree, handler, 'function')) continue;
    const body = fieldOf(tree, handler, 'body');
    const isEmpty = body !== null && kindOf(tree, body) === 'statement_block' && partsOf(tree, body).length === 0;
    // A comment in the body is found from the handler's own node on.
    if (isEmpty) found.push({ node: body, form: 'empty-promise-catch', isBroad: true });
  }
  return found;
}
