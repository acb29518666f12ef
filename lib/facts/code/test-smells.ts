import type { TestSmellFact } from '@/lib/magics/facts/code';
import type { BlobRow } from '../blob-facts';
import type { TestSmellTable } from '../languages/test-smells';
import type { TestCase } from '../languages/types';
import { type CallSite, lastLink } from './calls';
import {
  ancestorWithRole,
  type CodeTree,
  childrenOf,
  endLineOf,
  endOf,
  fieldOf,
  hasRole,
  kindOf,
  lineOf,
  nextOf,
  parentOf,
  partsOf,
  previousOf,
  startOf,
  textOf,
} from './code-tree';

type Smell = BlobRow<TestSmellFact>;
type Form = Smell['form'];

/** What the statements of one test are made of. */
interface TestMakeup {
  /** Lines without those that only hold data: tables, long texts. */
  bodyLines: number;
  /** Assertions written in the test that carry no message of their own. */
  bareAssertions: number;
  mocks: number;
  mockChecks: number;
  notNullChecks: number;
  snapshotChecks: number;
  prints: number;
  smells: Smell[];
}

interface TestParts {
  test: TestCase;
  /** Calls inside the test, in preorder. */
  sites: readonly CallSite[];
  /** Nodes of all that counts as an assertion there, and of those that are assertions beyond doubt. */
  asserting: readonly number[];
  strict: readonly number[];
}

/** Statements looked at in one test; larger tests are machine-made. */
const MAX_ASSERTIONS = 300;
const MAX_CLIMB = 40;
const MAX_STATEMENT = 400;
const MAX_TEXT = 160;
const LONG_TEST = 60;
const BLOCKS = /^(?:statement_list|body_statement|block_body|then|do_block|statement_block|lambda_literal|do)$/;

export function testMakeup(tree: CodeTree, parts: TestParts): TestMakeup {
  const { table } = tree.grammar;
  const smells = table.testSmells;
  const { test, sites, asserting, strict } = parts;
  const makeup: TestMakeup = {
    bodyLines: bodyLines(tree, test),
    bareAssertions: 0,
    mocks: 0,
    mockChecks: 0,
    notNullChecks: 0,
    snapshotChecks: 0,
    prints: sites.filter(({ callee }) => table.print?.test(callee) === true).length,
    smells: [],
  };
  if (!smells) return makeup;
  const found = new Map<Form, Smell>();
  const note = (form: Form, node: number, text: string): void => {
    if (found.has(form)) return;
    found.set(form, { line: lineOf(tree, node), form, test: test.name.slice(0, 200), text: text.slice(0, MAX_TEXT) });
  };
  const isStrict = new Set(strict);
  for (const node of asserting.slice(0, MAX_ASSERTIONS)) {
    const place = placeOf(tree, node, test);
    const text = statementText(tree, place.statement);
    if (smells.mockCheck?.test(text)) makeup.mockChecks += 1;
    if (smells.notNull?.test(text) && !/exception|error|thrown|\berr\b/i.test(text)) makeup.notNullChecks += 1;
    if (smells.snapshot?.test(text)) makeup.snapshotChecks += 1;
    if (!isStrict.has(node)) continue;
    if (!hasMessage(tree, node, text)) makeup.bareAssertions += 1;
    if (place.isDirect && isTautology(tree, smells, text, place.statement, test)) note('tautology', node, text);
    if (isRepeated(tree, place.statement, text)) note('duplicate-assertion', node, text);
    if (!smells.isIfAssertion && isOnCondition(tree, node, test, place)) note('conditional-assertion', node, text);
    if (!FAILS_OUTRIGHT.test(textOf(tree, node, 80)) && isInCatchAlone(tree, test, place))
      note('catch-assertion', node, text);
    if (isSwallowed(tree, smells, place)) note('swallowed-assertion', node, text);
    if (smells.clock?.test(text) && !hasFakeClock(tree)) note('guest-clock', node, text);
  }
  makeup.mocks = test.declaredMocks ?? 0;
  for (const { node, callee } of sites) {
    if (smells.mock?.test(callee) && !isOutsideDouble(tree, node)) makeup.mocks += 1;
  }
  if (makeup.mocks === 0) noteGuests(tree, smells, parts, note);
  const head = test.body === null ? '' : headText(tree, test);
  if (smells.retryMark?.test(head)) note('retry', test.node, fold(smells.retryMark.exec(head)?.[0] ?? ''));
  makeup.smells = [...found.values()];
  return makeup;
}

/** Smells that belong to a file rather than to one test: retries switched on for all, titles given twice. */
export function fileSmells(tree: CodeTree, sites: readonly CallSite[], cases: readonly TestCase[]): Smell[] {
  const { retryCall, hasUniqueTitles } = tree.grammar.table.testSmells ?? {};
  const rows: Smell[] = [];
  if (retryCall && cases.length > 0) {
    for (const { node, callee } of sites) {
      if (!/retr/i.test(callee)) continue;
      const text = callText(tree, node);
      if (retryCall.test(text)) rows.push({ line: lineOf(tree, node), form: 'retry', test: null, text });
    }
  }
  if (!hasUniqueTitles) return rows;
  const titles = new Set<string>();
  for (const test of [...cases].sort((a, b) => a.node - b.node)) {
    if (test.isTitleFree || test.name === '' || /\$\{|%[sdifjop#]|\$\w|#\{/.test(test.name)) continue;
    const key = `${ancestorWithRole(tree, test.node, 'block') ?? -1} ${test.name}`;
    if (titles.has(key)) {
      rows.push({
        line: lineOf(tree, test.node),
        form: 'duplicate-title',
        test: test.name.slice(0, 200),
        text: test.name.slice(0, MAX_TEXT),
      });
    }
    titles.add(key);
  }
  return rows;
}

const fold = (text: string): string => text.replace(/\s+/g, ' ').trim();

const callText = (tree: CodeTree, node: number): string => fold(textOf(tree, node, MAX_STATEMENT)).slice(0, MAX_TEXT);

function statementText(tree: CodeTree, node: number): string {
  return fold(textOf(tree, node, MAX_STATEMENT))
    .replace(/^(?:await|return) /, '')
    .replace(/;$/, '');
}

interface AssertionPlace {
  statement: number;
  /** Runs whenever the test does: not in a function of its own, a branch or a handler. */
  isDirect: boolean;
  /** Ancestors between the assertion and the test, with the child each was reached from. */
  path: { node: number; from: number }[];
}

function placeOf(tree: CodeTree, node: number, test: TestCase): AssertionPlace {
  const stop = test.body ?? test.node;
  const path: AssertionPlace['path'] = [];
  let statement = -1;
  let functions = 0;
  let branches = 0;
  let from = node;
  for (let step = 0; step < MAX_CLIMB; step++) {
    const up = parentOf(tree, from);
    if (statement < 0 && (up < 0 || isBlock(tree, up) || hasRole(tree, up, 'function'))) statement = from;
    if (up < 0 || up <= stop) break;
    path.push({ node: up, from });
    if (hasRole(tree, up, 'function') && !isStep(tree, up)) functions += 1;
    if (['if', 'switch', 'try', 'catch', 'ternary'].some((role) => hasRole(tree, up, role as 'if'))) branches += 1;
    from = up;
  }
  const own = test.body === null ? 1 : 0;
  return { statement: statement < 0 ? node : statement, isDirect: functions <= own && branches === 0, path };
}

const isBlock = (tree: CodeTree, node: number): boolean =>
  hasRole(tree, node, 'block') || BLOCKS.test(kindOf(tree, node));

/** `t.Run("…", func…)` and `runTest { … }`: the function is a part of the test. */
function isStep(tree: CodeTree, node: number): boolean {
  const call = ancestorWithRole(tree, node, 'call');
  return call !== null && /^(?:\w+\.)?(?:Run|step|run\w*|assertAll|subTest)\b/.test(textOf(tree, call, 40));
}

/** Tests of equality, identity and order compare a thing with itself on purpose. */
const ABOUT_SAMENESS =
  /equal|reflex|same|ident|compar|hash|\beq\b|_eq|cmp|operator|memo|cach|singleton|stable|match|等|同/i;

function isTautology(
  tree: CodeTree,
  { tautologies }: TestSmellTable,
  text: string,
  statement: number,
  { name }: TestCase,
): boolean {
  if (endOf(tree, statement) - startOf(tree, statement) > MAX_STATEMENT) return false;
  for (const pattern of tautologies) {
    const match = pattern.exec(text);
    if (match) return match.groups?.same === undefined || !ABOUT_SAMENESS.test(name);
  }
  return false;
}

/** A message tells which of many assertions failed. */
function hasMessage(tree: CodeTree, node: number, text: string): boolean {
  if (kindOf(tree, node) === 'assert_statement') return partsOf(tree, node).length > 1;
  if (/^\w+\.(?:Error|Fatal)f?\(/.test(text)) return true;
  const list = fieldOf(tree, node, 'arguments');
  const parts = list === null ? [] : partsOf(tree, list);
  const [first] = parts;
  const last = parts.at(-1);
  const isText = (part: number | undefined): boolean =>
    part !== undefined && /["'`]/.test(textOf(tree, part, 3)) && /\s/.test(textOf(tree, part, 200));
  return parts.length > 1 && (isText(last) || (parts.length > 2 && isText(first)));
}

/** The statement before says the same, and nothing in it can give another answer the second time. */
function isRepeated(tree: CodeTree, statement: number, text: string): boolean {
  let before = previousOf(tree, statement);
  while (before >= 0 && !isStatement(tree, before)) before = previousOf(tree, before);
  if (before < 0 || endOf(tree, statement) - startOf(tree, statement) > MAX_STATEMENT) return false;
  if (endOf(tree, before) - startOf(tree, before) !== endOf(tree, statement) - startOf(tree, statement)) return false;
  const calls = text.match(/\(/g)?.length ?? 0;
  const isChain = /^(?:expect|assertThat)\(/.test(text);
  if (calls > (isChain ? 2 : 1) || /\+\+|--|<-|\bawait\b|\bnext\b|\byield\b/.test(text)) return false;
  return statementText(tree, before) === text;
}

const isStatement = (tree: CodeTree, node: number): boolean =>
  !hasRole(tree, node, 'comment') && !/^[;\s]*$/.test(textOf(tree, node, 4));

const PLATFORM =
  /platform|process\.|sys\.|\bos\b|version|windows|win32|linux|darwin|mac|env|\bci\b|arch|endian|sizeof|constexpr|cfg!|feature|support|available|defined|debug|release|node|browser|jit|simd|[A-Z]{2,}_[A-Z_]{2,}|hasattr|typeof|instanceof|isinstance/i;

/** Only on a condition about what the test made itself, with no other branch: else the test passes unasserted. */
function isOnCondition(tree: CodeTree, node: number, test: TestCase, { path }: AssertionPlace): boolean {
  if (FAILS.test(textOf(tree, node, 40)) || plansAssertions(tree, test)) return false;
  const at = path.findIndex(({ node: up }) => hasRole(tree, up, 'if'));
  const step = path[at];
  if (!step) return false;
  const around = path.slice(at + 1).map(({ node: up }) => up);
  if (around.some((up) => hasRole(tree, up, 'loop') || hasRole(tree, up, 'function'))) return false;
  if (path.slice(0, at).some(({ node: up }) => hasRole(tree, up, 'function') || hasRole(tree, up, 'catch')))
    return false;
  const condition = fieldOf(tree, step.node, 'condition') ?? partsOf(tree, step.node)[0] ?? null;
  if (condition === null || condition === step.from || hasOtherBranch(tree, step.node)) return false;
  const text = fold(textOf(tree, condition, 300));
  if (PLATFORM.test(text)) return false;
  return isMadeInTest(tree, step.node, text, test);
}

/** In a handler this is what the test is about: that nothing is thrown. */
const FAILS_OUTRIGHT = /^(?:\$?[\w:]{1,20}(?:\.|->|::)){0,3}(?:fail|flunk)\w{0,10}\s?\(/i;

/** The test says how many assertions are to run. */
const plansAssertions = (tree: CodeTree, test: TestCase): boolean =>
  /\.(?:assertions|hasAssertions|plan)\(/.test(textOf(tree, test.node, 4000));

const FAILS = /fail|fatal|error|panic|unreach|abort|flunk|skip|throw|raise|precondition|assume/i;

function hasOtherBranch(tree: CodeTree, node: number): boolean {
  if (fieldOf(tree, node, 'alternative') !== null) return true;
  if (typeof tree.grammar.table.elseBranch?.(tree, node) === 'number') return true;
  return childrenOf(tree, node).some(
    (child) => hasRole(tree, child, 'else') || hasRole(tree, child, 'elseIf') || kindOf(tree, child) === 'else',
  );
}

/** A name of the condition is assigned before it, from something else than a table or the platform. */
function isMadeInTest(tree: CodeTree, branch: number, condition: string, test: TestCase): boolean {
  const before = tree.text.slice(startOf(tree, test.body ?? test.node), startOf(tree, branch)).slice(-4000);
  const names = condition.replace(/["'][^"']*["']/g, '').match(/(?<![.\w$])[A-Za-z_$][\w$]*/g) ?? [];
  const owner = test.body === null || hasRole(tree, test.node, 'function') ? test.node : parentOf(tree, test.body);
  const given = hasRole(tree, owner, 'function')
    ? tree.grammar.table.parameters(tree, owner).map((part) => textOf(tree, part, 200))
    : [];
  return names.some((name) => {
    if (given.some((text) => new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`).test(text))) return false;
    if (/^(?:not|and|or|is|in|None|null|nil|true|false|let|Some|Ok|Err|if|self|this)$/.test(name)) return false;
    const made = new RegExp(
      `(?<![.\\w$])${name.replace(/\$/g, '\\$')}(?:\\s*:[^=\\n]{1,60})?\\s*:?=(?![=>])([^\\n]{0,120})`,
    ).exec(before);
    return made !== null && !PLATFORM.test(made[1] ?? '');
  });
}

const GUARD =
  /\b(?:fail|unreachable|assertions|hasAssertions|plan|throw|raise|reject|rejects|error\(|panic|did ?n[o']t throw|should have|AssertionError)\b|fail\w*\(|\braises\b/i;

/** Asserts in the handler alone: when nothing is thrown, nothing is checked. */
function isInCatchAlone(tree: CodeTree, test: TestCase, { path }: AssertionPlace): boolean {
  const at = path.findIndex(({ node }) => hasRole(tree, node, 'catch'));
  const handler = path[at]?.node;
  const attempt = path.slice(at + 1).find(({ node }) => hasRole(tree, node, 'try'))?.node;
  // What `match` arms and closures do is told by what they match.
  if (handler === undefined || attempt === undefined || tree.grammar.table.id === 'rust') return false;
  if (path.slice(0, at).some(({ node }) => hasRole(tree, node, 'function'))) return false;
  if (endOf(tree, attempt) - startOf(tree, attempt) > 5000) return false;
  // What stands before the handler, and after it for the case that nothing was thrown.
  const tried =
    tree.text.slice(startOf(tree, attempt), startOf(tree, handler)) +
    tree.text.slice(endOf(tree, handler), endOf(tree, attempt));
  const caught = textOf(tree, handler, 3000);
  const asserts = /\b(?:assert|expect|should|verify|must)\w*[\s!.(]/i;
  if (GUARD.test(tried) || asserts.test(tried) || /\b(?:throw|raise)\b/.test(caught)) return false;
  const end = endOf(tree, test.body ?? test.node);
  const after = tree.text.slice(endOf(tree, attempt), Math.min(end, endOf(tree, attempt) + 4000));
  const start = startOf(tree, test.node);
  return (
    !asserts.test(after) &&
    !GUARD.test(after) &&
    !/\.(?:assertions|hasAssertions|plan)\(/.test(tree.text.slice(start, end))
  );
}

/** Inside a `try` whose handler also receives the failed assertion and drops it. */
function isSwallowed(tree: CodeTree, { catchesAssertions }: TestSmellTable, { path }: AssertionPlace): boolean {
  if (!catchesAssertions) return false;
  const at = path.findIndex(({ node }) => hasRole(tree, node, 'try'));
  const attempt = path[at];
  if (!attempt || path.slice(0, at).some(({ node }) => hasRole(tree, node, 'catch') || hasRole(tree, node, 'function')))
    return false;
  if (!hasRole(tree, attempt.from, 'block')) return false;
  const handlers = childrenOf(tree, attempt.node).filter((child) => hasRole(tree, child, 'catch'));
  return (
    handlers.length > 0 &&
    handlers.some((handler) => {
      if (endOf(tree, handler) - startOf(tree, handler) > 1000 || attempt.from === handler) return false;
      const text = fold(textOf(tree, handler, 1000));
      return catchesAssertions.test(text) && !ANSWERS.test(text.replace(catchesAssertions, ''));
    })
  );
}

/** Does something about the error: a handler that ends the test otherwise, or keeps it for later. */
const ANSWERS =
  /set|put|offer|store|complete|log|report|throw|raise|fail|assert|expect|error\(|panic|exit|reject|done|next\(|return|=|push|add|append|skip|continue|break/i;

/** The clock, the console and the process are no collaborators: to fake them is what one should do. */
function isOutsideDouble(tree: CodeTree, node: number): boolean {
  return /\(\s*(?:console|process|window|document|globalThis|global|Math|Date|performance|navigator|["'](?:sys|os|time|builtins|datetime)\.)/.test(
    textOf(tree, node, 120),
  );
}

const MOCKED_OUTSIDE =
  /nock|\bmsw\b|fetch-?mock|axios-mock|responses|respx|requests_mock|httpx_mock|pytest_httpx|vcr|betamax|webmock|httpretty|wiremock|mockwebserver|httptest|httpbin|pyfakefs|memfs|mock-fs|setupServer|pook|gock/i;
const FAKE_CLOCK =
  /[fF]ake_?[tT]imers?|freeze_?time|freezegun|time_machine|travel_to|Timecop|setSystemTime|[fF]akeClock|Clock\.fixed|setTestNow|mockdate|ClockMock/;

const hasFakeClock = (tree: CodeTree): boolean => FAKE_CLOCK.test(tree.text);

function noteGuests(
  tree: CodeTree,
  { guests }: TestSmellTable,
  { test, sites }: TestParts,
  note: (form: Form, node: number, text: string) => void,
): void {
  if (!guests) return;
  for (const { node } of sites) {
    const text = callText(tree, node);
    if (guests.network?.test(text) && !MOCKED_OUTSIDE.test(tree.text)) note('guest-network', node, text);
    else if (guests.file?.test(text) && !MOCKED_OUTSIDE.test(tree.text)) note('guest-file', node, text);
    else if (guests.random?.test(text) && !/seed|srand/i.test(tree.text)) {
      if (!isPartOfName(tree, node, text)) note('guest-random', node, text);
    } else if (
      guests.environment?.test(text) &&
      !SETS_ENVIRONMENT.test(textOf(tree, test.node, 20_000)) &&
      !isSwitch(tree, node)
    )
      note('guest-environment', node, text);
  }
}

/** Inside a text it only keeps names of files, users or routes apart. */
function isPartOfName(tree: CodeTree, node: number, text: string): boolean {
  if (/^Math\.random\(\)\.toString\(/.test(text)) return true;
  if (/^\.toString\(/.test(tree.text.slice(endOf(tree, node), endOf(tree, node) + 10))) return true;
  let up = parentOf(tree, node);
  for (let step = 0; up >= 0 && step < 6 && !isBlock(tree, up); step++, up = parentOf(tree, up)) {
    if (/^(?:template_substitution|interpolation)$/.test(kindOf(tree, up))) return true;
  }
  return false;
}

/** `== "" { continue`: without the variable the test is left out. A default of a program under test is not asked for. */
function isSwitch(tree: CodeTree, node: number): boolean {
  const end = endOf(tree, node);
  const before = tree.text.slice(Math.max(0, startOf(tree, node) - 20), startOf(tree, node));
  return (
    /^\s{0,3}[!=]=\s{0,3}(?:""|'')\s{0,3}\{\s{0,40}(?:continue|return)\b/.test(tree.text.slice(end, end + 80)) ||
    /\blambda\s{0,3}:\s{0,3}$/.test(before)
  );
}

const SETS_ENVIRONMENT = /set_?env|putenv|monkeypatch|environ\[|set_var|SetEnvironmentVariable|skip|assume/i;

/** Decorators, attributes and options: all of a test before its body. */
function headText(tree: CodeTree, { node, body }: TestCase): string {
  const parent = parentOf(tree, node);
  const start = kindOf(tree, parent) === 'decorated_definition' ? startOf(tree, parent) : startOf(tree, node);
  const text = tree.text.slice(start, Math.max(start, startOf(tree, body ?? node))).slice(-1000);
  return text.replace(/(["'`])(?:(?!\1)[^\\\n]|\\.){0,200}\1/g, '""');
}

function bodyLines(tree: CodeTree, { node, body }: TestCase): number {
  const first = lineOf(tree, body ?? node);
  const lines = endLineOf(tree, node) - first + 1;
  return lines > LONG_TEST ? lines - dataLines(tree, body ?? node, nextOf(tree, node)) : lines;
}

const DATA =
  /^(?:composite_literal|array|list|dictionary|object|initializer_list|array_creation_expression|array_initializer|tuple|hash|collection_literal|token_tree|initializer_expression|array_literal|set)$/;

/** Lines inside literals of several lines that call nothing. */
function dataLines(tree: CodeTree, from: number, to: number): number {
  let lines = 0;
  for (let node = from; node < to; ) {
    const isData = hasRole(tree, node, 'string') || DATA.test(kindOf(tree, node));
    const height = isData ? endLineOf(tree, node) - lineOf(tree, node) : 0;
    if (height < 2) {
      node += 1;
      continue;
    }
    lines += height - 1;
    node = nextOf(tree, node);
  }
  return lines;
}

export const isAssertionBeyondDoubt = (tree: CodeTree, { callee }: CallSite): boolean =>
  tree.grammar.table.helperAssertion?.test(lastLink(callee)) === true;
