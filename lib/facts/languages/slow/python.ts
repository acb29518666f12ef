import {
  type CodeTree,
  childOfKind,
  childrenOf,
  fieldText,
  kindOf,
  nextOf,
  partsOf,
  previousOf,
  textOf,
} from '../../code/code-tree';
import type { NodeIndex } from '../types';
import type { SlowTable } from './types';

const ROUTE =
  /^@(?:\w{1,40}\.){0,2}(?:app|router|api|bp|blueprint|server|\w{0,40}_(?:app|router|api|bp|blueprint))\.(?:route|api_route|get|post|put|delete|patch|websocket)\(|^@(?:api_view|require_http_methods)\(|^@(?:require_GET|require_POST|require_safe)\b/;
const VERB = `(?:get|post|put|delete|patch|head|options|request)`;
const REQUESTS = new RegExp(`^requests\\.${VERB}$`);
const HTTPX = new RegExp(`^httpx\\.(?:${VERB}|stream|Client|AsyncClient)$`);
const OPEN = /^(?:urllib\.request\.|urllib2\.|request\.)?urlopen$/;

function isHandler(tree: CodeTree, fn: NodeIndex): boolean {
  for (let at = previousOf(tree, fn); at >= 0; at = previousOf(tree, at)) {
    if (kindOf(tree, at) === 'decorator' && ROUTE.test(textOf(tree, at, 200))) return true;
  }
  return false;
}

function timeoutless(tree: CodeTree, call: NodeIndex, callee: string): boolean {
  const list = childOfKind(tree, call, 'argument_list');
  const given = list === null ? [] : partsOf(tree, list);
  const timeout = given.find((part) => /^timeout\s{0,3}=/.test(textOf(tree, part, 20)));
  if (timeout !== undefined) {
    return /=\s{0,3}None$/.test(textOf(tree, timeout, 40)) && (REQUESTS.test(callee) || HTTPX.test(callee));
  }
  // Arguments handed through may hold one.
  if (given.some((part) => /splat/.test(kindOf(tree, part)))) return false;
  return REQUESTS.test(callee) || (OPEN.test(callee) && given.length > 0 && given.length < 3);
}

function sharedNames(tree: CodeTree, fn: NodeIndex): string[] {
  const names: string[] = [];
  const end = nextOf(tree, fn);
  for (let node = fn + 1; node < end; node++) {
    if (kindOf(tree, node) === 'global_statement') {
      names.push(...partsOf(tree, node).map((part) => textOf(tree, part, 100)));
    }
  }
  return names;
}

const EMPTY = /^(?:\[\]|set\(\)|list\(\)|deque\(\)|collections\.deque\(\))$/;

function collections(tree: CodeTree): string[] {
  return childrenOf(tree, 0)
    .filter((child) => kindOf(tree, child) === 'expression_statement')
    .flatMap((child) => partsOf(tree, child))
    .filter((part) => kindOf(tree, part) === 'assignment' && EMPTY.test(fieldText(tree, part, 'right') ?? ''))
    .flatMap((part) => fieldText(tree, part, 'left') ?? []);
}

const ALL_ROWS = /^[A-Z]\w{1,60}\.(?:objects|query)\.all$|(?:^|\.)session\.query\([A-Z]\w{1,60}\)\.all$/;

export const pythonSlow: SlowTable = {
  isHandler,
  isAsync: (tree, fn) =>
    kindOf(tree, fn) === 'function_definition' && childrenOf(tree, fn).some((child) => kindOf(tree, child) === 'async'),
  sleep: /^time\.sleep$/,
  blocking: new RegExp(
    String.raw`^(?:time\.sleep|requests\.${VERB}|httpx\.${VERB}|urllib\.request\.urlopen|subprocess\.(?:run|call|check_call|check_output|getoutput)|os\.(?:system|popen)|socket\.create_connection)$`,
  ),
  timeoutless,
  query: new RegExp(
    String.raw`^(?:requests|httpx)\.${VERB}$|(?:^|\.)(?:cursor|cur|conn|connection|db|database|session)\.(?:execute|scalar|scalars)$|\.objects\.(?:get|filter|get_or_create|update_or_create|create)$`,
  ),
  eachLoop: /^(?:async\s{1,3})?for\s{1,3}(?<names>[^:]{1,100}?)\s{1,3}in\s/,
  pattern: /^re\.compile$/,
  sharedNames,
  writes: ['assignment', 'augmented_assignment'],
  guard: /\block\b|_lock\b|Lock\(/i,
  wholeTable: (_tree, _call, callee) => ALL_ROWS.test(callee),
  collections,
  adds: (callee, name) => callee === `${name}.append` || callee === `${name}.add`,
  localStore:
    /(?:SESSION_TYPE|CACHE_TYPE)["']?\]?\s{0,3}[=:]\s{0,3}["'](?<kind>(?:flask_caching\.backends\.)?(?:filesystem|filesystemcache|FileSystemCache))["']|["'](?<engine>django\.contrib\.sessions\.backends\.file|django\.core\.cache\.backends\.filebased\.FileBasedCache)["']/,
};
