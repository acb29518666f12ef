import type { CallSite } from '../calls';
import { type CodeTree, endOf, hasRole, kindOf, nextOf, parentOf, partsOf, startOf, textOf } from '../code-tree';
import { argumentsOf, loopAround, loopBody, loopHead, mentions } from './scope';
import { type SlowRow, slowRow } from './slow-row';

/** Work that each round of a loop does again, or does one by one. */
export function loopCalls(tree: CodeTree, sites: readonly CallSite[]): SlowRow[] {
  const { slow } = tree.grammar.table;
  if (!slow) return [];
  const rows: SlowRow[] = [];
  const exits = new Map<number, boolean>();
  const endsEarly = (loop: number): boolean => {
    const known = exits.get(loop) ?? hasExit(tree, loop);
    exits.set(loop, known);
    return known;
  };
  for (const { node, callee } of sites) {
    if (slow.pattern?.test(callee)) {
      if (isConstantPattern(tree, node) && isRepeated(tree, node, endsEarly)) {
        rows.push(slowRow(tree, node, 'regex-in-loop', callee));
      }
    } else if (
      slow.query?.test(callee) &&
      (!slow.awaitsQueries || isAwaited(tree, node)) &&
      isPerElement(tree, node, callee, endsEarly)
    ) {
      rows.push(slowRow(tree, node, 'query-in-loop', callee));
    }
  }
  return rows;
}

/** One literal, nothing of which can differ from round to round. */
function isConstantPattern(tree: CodeTree, call: number): boolean {
  const list = argumentsOf(tree, call);
  const [first] = list === null ? [] : partsOf(tree, list);
  if (first === undefined || list === null) return false;
  const text = textOf(tree, first, 500);
  return /^(?:[@rRbBu]{0,3}["'`])/.test(text) && !/\$\{|\$[a-zA-Z(]|^f|["'`]\s*[+%]|\.format\b/.test(text);
}

function isRepeated(tree: CodeTree, node: number, endsEarly: (loop: number) => boolean): boolean {
  const loop = loopAround(tree, node);
  return loop !== null && !endsEarly(loop);
}

const isAwaited = (tree: CodeTree, call: number): boolean => kindOf(tree, parentOf(tree, call)) === 'await_expression';

/** Pages are asked for one after another by their nature, and attempts are not elements. */
const NO_ELEMENT =
  /^(?:_|i|j|page\w*|offset|cursor|attempt\w*|retr\w+|tries|try\w*|chunk\w*|batch\w*|group\w*|tables?|tbl|table\w*|schemas?|databases?|db|migrations?|files?|scripts?|ddl|stmt|statement|sql|query)$/i;

const SCHEMA =
  /["'`]{1,3}\s{0,20}(?:CREATE|DROP|ALTER|TRUNCATE|SHOW|DESCRIBE|PRAGMA|VACUUM|ANALYZE|SET)\b|\b(?:Create|Drop|Alter)[A-Z]/;
/** Asks a machine that its first argument names. */
const REQUEST = /^(?:requests|httpx|fetch|axios|got|http)\b/;

/** Once for each element of a list, with the element among the arguments. */
function isPerElement(tree: CodeTree, call: number, callee: string, endsEarly: (loop: number) => boolean): boolean {
  const loop = loopAround(tree, call);
  if (loop === null) return false;
  const names = tree.grammar.table.slow?.eachLoop?.exec(loopHead(tree, loop))?.groups?.names?.match(/[\w$]+/g) ?? [];
  const elements = names.filter((name) => !NO_ELEMENT.test(name.replace(/^\$/, '')));
  if (elements.length === 0 || elements.length < names.filter((name) => name !== '_').length) return false;
  const list = argumentsOf(tree, call);
  const [first] = list === null ? [] : partsOf(tree, list);
  // Each machine has to be asked by itself, and so has each change of a schema.
  if (list === null || first === undefined || (REQUEST.test(callee) && elements.includes(textOf(tree, first, 100))))
    return false;
  const text = textOf(tree, list, 400);
  return mentions(text, elements) && !SCHEMA.test(text) && !endsEarly(loop);
}

/** A loop that ends at the first success runs few rounds. */
function hasExit(tree: CodeTree, loop: number): boolean {
  const body = loopBody(tree, loop);
  if (body === null) return false;
  const end = nextOf(tree, body);
  for (let node = body + 1; node < end; node++) {
    if (hasRole(tree, node, 'function')) node = nextOf(tree, node) - 1;
    else if (hasRole(tree, node, 'terminator') && endOf(tree, node) > startOf(tree, node)) {
      if (/^(?:return|break)\b/.test(textOf(tree, node, 8))) return true;
    }
  }
  return false;
}
