import { ancestorWithRole, type CodeTree, childOfKind, textOf } from '../../code/code-tree';
import { modifierText } from '../shared';
import type { NodeIndex } from '../types';
import type { SlowTable } from './types';

const ROUTE = /@(?:(?:Get|Post|Put|Delete|Patch|Request)Mapping|GET|POST|PUT|DELETE|PATCH)\b/;
const QUERY =
  /(?:^|\.)\w{0,40}(?:[rR]epository|[dD]ao|[jJ]dbcTemplate|[eE]ntityManager|[rR]estTemplate)\.(?:find\w{0,60}|existsBy\w{0,60}|countBy\w{0,60}|getById|getOne|getReferenceById|query\w{0,30}|save|deleteBy\w{0,60}|exchange|getForObject|getForEntity|postForObject|postForEntity)$/;

const isHandler = (tree: CodeTree, fn: NodeIndex): boolean => ROUTE.test(modifierText(tree, fn, 'modifiers'));

/** Limits are set on the connection, the request or its factory, somewhere in the same function or file. */
function timeoutless(tree: CodeTree, call: NodeIndex, callee: string): boolean {
  if (callee.endsWith('.openConnection')) {
    const fn = ancestorWithRole(tree, call, 'function');
    const type = ancestorWithRole(tree, call, 'class');
    // A connection that is handed on may get its limits elsewhere.
    const text = fn === null ? '' : textOf(tree, fn, 20_000);
    if (
      !/\bHttps?URLConnection\b/.test(text) ||
      !/\.(?:getInputStream\(|inputStream\b|connect\(|getResponseCode\(|responseCode\b)/.test(text)
    )
      return false;
    return !/[tT]imeout/.test(type === null ? text : textOf(tree, type, 200_000));
  }
  return /^(?:java\.net\.http\.)?HttpClient\.newHttpClient$/.test(callee) && !/[tT]imeout/.test(tree.text);
}

const shared = {
  isHandler,
  sleep: /^(?:Thread|TimeUnit\.\w{1,20})\.sleep$/,
  timeoutless,
  query: QUERY,
  wholeTable: (tree, call, callee) =>
    /(?:^|\.)\w{0,40}[rR]epository\.findAll$/.test(callee) && /\(\s{0,5}\)$/.test(textOf(tree, call, 200)),
} satisfies SlowTable;

export const javaSlow: SlowTable = {
  ...shared,
  eachLoop: /^for\s{0,3}\(\s{0,3}(?:final\s{1,3})?[^():]{1,80}?\s(?<names>\w{1,60})\s{0,3}:/,
  pattern: /^(?:java\.util\.regex\.)?Pattern\.compile$/,
  appends: ['assignment_expression'],
};

export const kotlinSlow: SlowTable = {
  ...shared,
  isAsync: (tree, fn) => {
    const modifiers = childOfKind(tree, fn, 'modifiers');
    return modifiers !== null && /\bsuspend\b/.test(textOf(tree, modifiers, 500));
  },
  blocking: /^(?:Thread\.sleep|TimeUnit\.\w{1,20}\.sleep|runBlocking)$/,
  eachLoop: /^for\s{0,3}\(\s{0,3}(?<names>[^:]{1,100}?)\s{1,3}in\s/,
  pattern: /^(?:Regex|Pattern\.compile)$/,
  appends: ['assignment'],
};
