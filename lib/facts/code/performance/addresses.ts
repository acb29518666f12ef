import {
  ancestorWithRole,
  type CodeTree,
  hasRole,
  lineOf,
  lineText,
  nodesWithRole,
  parentOf,
  textOf,
} from '../code-tree';
import { type SlowRow, slowRow } from './slow-row';

const MAX_TEXT = 200;
const ANY = /\b(?:10|172|192)\.\d|:\/\/(?:localhost|127)/;
const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
/** The whole literal is the address of a machine in somebody's own network. */
const PRIVATE = new RegExp(
  String.raw`^[a-zA-Z@$]{0,2}["'\x60](?<address>(?:[a-z][a-z\d+.-]{0,15}://)?(?:[\w-]{1,30}@)?(?:10\.${OCTET}|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.${OCTET}\.${OCTET}(?::\d{1,5})?(?:/[\w./-]{0,60})?)["'\x60]$`,
);
/** Blocks, masks and the first or last of a block describe networks, not machines. */
const NETWORK = /\/\d{1,2}["'`]?$|\.(?:0|255)(?:["'`:/]|$)/;
const LOCAL =
  /^[a-zA-Z@$]{0,2}["'`](?<address>[a-z][a-z\d+.-]{0,15}:\/\/(?:localhost|127\.0\.0\.1):\d{2,5}(?:\/[\w./-]{0,60})?)["'`]$/;
/** What may be replaced from outside: a fall-back, an option, a setting, an example. */
const REPLACEABLE =
  /\?\?|\|\||\?:|\bor\b|env|config|setting|option|default|fallback|argument|param|flag|origin|allow|cors|example|sample|usage|help|test|mock|fake|dev\b|debug|local(?!host)|proxy|launch|browser|print|log|description|schema|regex|match|starts_?with|includes|contains|==|!=/i;

/** Addresses written into the code, where no setting can change them. */
export function fixedAddresses(tree: CodeTree): SlowRow[] {
  if (!ANY.test(tree.text)) return [];
  const rows: SlowRow[] = [];
  for (const node of nodesWithRole(tree, 'string')) {
    const length = (tree.end[node] ?? 0) - (tree.start[node] ?? 0);
    if (length < 9 || length > MAX_TEXT) continue;
    const text = textOf(tree, node);
    const local = LOCAL.exec(text)?.groups?.address;
    const address = local ?? (NETWORK.test(text) ? undefined : PRIVATE.exec(text)?.groups?.address);
    if (address === undefined) continue;
    const line = lineText(tree, lineOf(tree, node)).replaceAll(text, '');
    if (REPLACEABLE.test(line) || isReplaceable(tree, node)) continue;
    // On this machine another process may be asked for on purpose; only a call to it says that the product needs it.
    if (local !== undefined && !isArgument(tree, node)) continue;
    rows.push(slowRow(tree, node, 'fixed-address', address));
  }
  return rows;
}

function isReplaceable(tree: CodeTree, node: number): boolean {
  const fn = ancestorWithRole(tree, node, 'function');
  if (fn === null) return false;
  const name = tree.grammar.table.functionName(tree, fn) ?? '';
  return /default|fallback|env|config|example|test|mock|dev|debug|print|usage|help/i.test(name);
}

const OUTGOING = /fetch|request|connect|client|axios|http|open|dial|\.get\b|\.post\b|redis|mongo|amqp|url/i;

function isArgument(tree: CodeTree, node: number): boolean {
  let up = parentOf(tree, node);
  for (let step = 0; up >= 0 && step < 3; step++, up = parentOf(tree, up)) {
    if (hasRole(tree, up, 'call')) return OUTGOING.test(textOf(tree, up, 60).split('(', 1)[0] ?? '');
  }
  return false;
}
