import type { BlobFacts, BlobTest } from '../blob-facts';
import type { TestCase } from '../languages/types';
import { statementsOf } from './body-shape';
import { type CallSite, lastLink } from './calls';
import { type CodeTree, endLineOf, hasRole, lineOf, lineText, nextOf, nodesWithRole, textOf } from './code-tree';
import { commentText } from './comments';
import type { FunctionRows } from './functions';
import { fileSmells, isAssertionBeyondDoubt, testMakeup } from './test-smells';

const MAX_CALLS = 50;
const MAX_HELPERS = 500;
const MAX_NAME = 200;
const MAX_SMELLS = 2000;

export interface TestRows {
  testFramework: string | null;
  tests: BlobTest[];
  testSmells: BlobFacts['testSmells'];
  assertionHelpers: BlobFacts['assertionHelpers'];
}

export function collectTests(
  tree: CodeTree,
  sites: readonly CallSite[],
  imports: BlobFacts['imports'],
  functions: FunctionRows,
): TestRows {
  const { table } = tree.grammar;
  const imported = frameworkOf(tree, imports);
  const cases = table.tests?.(tree, imported) ?? [];
  const stated = statedAssertions(tree);
  const testSmells = fileSmells(tree, sites, cases);
  const tests = cases.map((test) => testRow(tree, test, sites, stated, testSmells));
  return {
    testFramework: imported ?? tests[0]?.framework ?? null,
    tests: tests.sort((a, b) => a.line - b.line || a.endLine - b.endLine),
    testSmells: testSmells.sort((a, b) => a.line - b.line || (a.form < b.form ? -1 : 1)).slice(0, MAX_SMELLS),
    assertionHelpers: helpers(tree, sites, stated, functions, cases),
  };
}

function frameworkOf(tree: CodeTree, imports: BlobFacts['imports']): string | null {
  for (const [pattern, name] of tree.grammar.table.testImports ?? []) {
    if (imports.some(({ specifier }) => pattern.test(specifier))) return name;
  }
  return null;
}

/** Assertions that are not calls, in preorder. */
function statedAssertions(tree: CodeTree): number[] {
  const { isAssertion } = tree.grammar.table;
  const nodes = nodesWithRole(tree, 'assertion');
  return isAssertion ? nodes.filter((node) => isAssertion(tree, node)) : nodes;
}

function testRow(
  tree: CodeTree,
  test: TestCase,
  sites: readonly CallSite[],
  stated: readonly number[],
  testSmells: BlobFacts['testSmells'],
): BlobTest {
  const { table } = tree.grammar;
  const from = test.body ?? test.node + 1;
  const inside = within(sites, from, nextOf(tree, test.node), (site) => site.node);
  const asserting = inside.filter(({ callee }) => table.assertionCall?.test(lastLink(callee)));
  const statements = test.body === null ? null : statementsOf(tree, test.body).filter((part) => part !== test.body);
  const statedInside = within(stated, from, nextOf(tree, test.node), (node) => node);
  const { smells, ...makeup } = testMakeup(tree, {
    test,
    sites: inside,
    asserting: [...asserting.map(({ node }) => node), ...statedInside],
    strict: [...inside.filter((site) => isAssertionBeyondDoubt(tree, site)).map(({ node }) => node), ...statedInside],
  });
  testSmells.push(...smells);
  const line = lineOf(tree, test.node);
  const isEmpty = statements?.every((part) => table.noOperation?.test(textOf(tree, part, 20))) ?? test.isBare === true;
  const isMeantEmpty = isEmpty && saysWhyEmpty(tree, test, line);
  return {
    line,
    endLine: endLineOf(tree, test.node),
    name: test.name.replace(/\s+/g, ' ').slice(0, MAX_NAME),
    framework: test.framework,
    isEmpty: isEmpty && !isMeantEmpty,
    assertions:
      asserting.length + statedInside.length + test.declaredAssertions ||
      (isMeantEmpty || assertsInPassing(tree, test, inside) || failsItself(tree, test) ? 1 : 0),
    ...makeup,
    isSkipped: test.isSkipped,
    skipReason: test.isSkipped ? (test.skipReason ?? commentBeside(tree, line) ?? commentWithin(tree, test)) : null,
    isFocused: test.isFocused,
    sleepLines: sleepLines(tree, inside),
    calls: names(
      inside.filter((site) => !asserting.includes(site)),
      test,
    ),
  };
}

const WHY_EMPTY =
  /\b(?:prevents?|complain\w*|avoids?|works? ?around|workaround|so that|because|compiles?|type.?checks?|nothing to (?:do|test|check)|intentional\w*|deliberate\w*|on purpose|missing tests? error)\b/i;

/** A test that has to be there and says what for: to please a runner, or because compiling it is the test. */
function saysWhyEmpty(tree: CodeTree, test: TestCase, line: number): boolean {
  for (let node = test.node; node < nextOf(tree, test.node); node++) {
    if (hasRole(tree, node, 'comment') && WHY_EMPTY.test(commentText(textOf(tree, node, 400)))) return true;
  }
  return WHY_EMPTY.test(commentBeside(tree, line) ?? '');
}

function assertsInPassing(tree: CodeTree, test: TestCase, sites: readonly CallSite[]): boolean {
  const { impliedAssertion, writtenAssertion } = tree.grammar.table;
  return (
    sites.some(({ callee }) => impliedAssertion?.test(lastLink(callee)) === true) ||
    writtenAssertion?.test(textOf(tree, test.node, 20_000)) === true
  );
}

/** Compares by hand and throws what it found. */
const failsItself = (tree: CodeTree, test: TestCase): boolean =>
  /\bif\b[^;]{0,300}\b(?:throw new|raise) \w*(?:Exception|Error)\b/.test(textOf(tree, test.node, 4000));

function sleepLines(tree: CodeTree, sites: readonly CallSite[]): number[] {
  const { sleep, isSleep } = tree.grammar.table;
  const lines = sites
    .filter(({ node, callee }) => sleep?.test(callee) === true && (isSleep?.(tree, node) ?? true))
    .map(({ node }) => lineOf(tree, node));
  return [...new Set(lines)];
}

function names(sites: readonly CallSite[], test: TestCase): string[] {
  const called = sites.map(({ callee }) => lastName(callee)).filter((name) => name !== '');
  if (test.helper) called.push(test.helper);
  return [...new Set(called)].sort().slice(0, MAX_CALLS);
}

export function lastName(callee: string): string {
  return /([\p{L}_$][\p{L}\p{N}_$]*[!?]?)(?:<[^<>]*>)?$/u.exec(callee)?.[1]?.replace(/!$/, '') ?? '';
}

/** The first thing in a test that says why it does not run. */
function commentWithin(tree: CodeTree, test: TestCase): string | null {
  const from = test.body ?? test.node;
  for (let node = from; node < nextOf(tree, from); node++) {
    if (hasRole(tree, node, 'comment')) {
      const text = commentText(textOf(tree, node, 400));
      if (SAYS_WHY.test(text)) return text.slice(0, 200);
    }
  }
  return null;
}

const SAYS_WHY = /\b(?:skip(?:ped|s)?|disabled?|ignored?|until|because|flaky|times? out|todo)\b/i;

function commentBeside(tree: CodeTree, line: number): string | null {
  const own = /(?:\/\/|#(?!\[)|\/\*)\s*(\S.*?)(?:\*\/)?$/.exec(lineText(tree, line))?.[1];
  if (own && isReason(own)) return own.slice(0, 200);
  for (let above = line - 1; above > Math.max(0, line - 4); above--) {
    const text = lineText(tree, above);
    const comment = /^(?:\/\/+|#(?!\[)|\/\*+|\*)\s*(.*?)(?:\*\/)?$/.exec(text)?.[1]?.trim();
    if (comment && isReason(comment)) return comment.slice(0, 200);
    if (!/^(?:@|#\[|\[)/.test(text)) return null;
  }
  return null;
}

const isReason = (comment: string): boolean =>
  /\p{L}{3}/u.test(comment) && !/^(?:eslint-|@ts-|biome-|noqa|nolint)/.test(comment);

/** Members of a list in preorder whose node lies in [from, to). */
function within<T>(sorted: readonly T[], from: number, to: number, nodeOf: (item: T) => number): T[] {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && nodeOf(item) >= from) high = middle;
    else low = middle + 1;
  }
  const found: T[] = [];
  for (let at = low; at < sorted.length; at++) {
    const item = sorted[at];
    if (item === undefined || nodeOf(item) >= to) break;
    found.push(item);
  }
  return found;
}

/** Functions outside tests that assert, so that a test which only calls them is known to assert. */
function helpers(
  tree: CodeTree,
  sites: readonly CallSite[],
  stated: readonly number[],
  { nodes, rows }: FunctionRows,
  cases: readonly TestCase[],
): BlobFacts['assertionHelpers'] {
  const { helperAssertion } = tree.grammar.table;
  if (!helperAssertion) return [];
  const asserting = sites.filter(({ callee }) => helperAssertion.test(lastLink(callee)));
  if (asserting.length + stated.length === 0) return [];
  const testNodes = new Set(cases.map(({ node }) => node));
  const counts = new Map<string, number>();
  for (const [index, node] of nodes.entries()) {
    const row = rows[index];
    if (!row || row.name === '(anonymous)' || testNodes.has(node)) continue;
    const end = nextOf(tree, node);
    const assertions =
      within(asserting, node, end, (site) => site.node).length + within(stated, node, end, (found) => found).length;
    if (assertions > 0) counts.set(row.name, Math.max(counts.get(row.name) ?? 0, assertions));
  }
  return [...counts]
    .map(([name, assertions]) => ({ name, assertions }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, MAX_HELPERS);
}
