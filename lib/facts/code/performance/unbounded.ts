import type { CallSite } from '../calls';
import { type CodeTree, parentOf, textOf } from '../code-tree';
import { functionAround } from './scope';
import { type SlowRow, slowRow } from './slow-row';

const MAX_STATEMENT = 400;
const MAX_FUNCTION = 50_000;
const MAX_COLLECTIONS = 50;
const NAME = /^[A-Za-z_$][\w$]{0,80}$/;

/** What a service holds or answers grows with its data and no code sets a limit. */
export function unboundedForms(tree: CodeTree, sites: readonly CallSite[]): SlowRow[] {
  return [...unboundedQueries(tree, sites), ...growingCollections(tree, sites)];
}

/** All rows of a table, asked for where a request is answered. */
function unboundedQueries(tree: CodeTree, sites: readonly CallSite[]): SlowRow[] {
  const { slow } = tree.grammar.table;
  if (!slow?.wholeTable) return [];
  return sites.flatMap(({ node, callee }) => {
    if (!slow.wholeTable?.(tree, node, callee)) return [];
    const fn = functionAround(tree, node);
    if (fn === null || !slow.isHandler?.(tree, fn) || isNarrowed(tree, node, fn)) return [];
    return [slowRow(tree, node, 'unbounded-query', callee)];
  });
}

const NARROWS =
  /\.(?:limit|take|skip|slice|paginate\w{0,20}|page|first|last|count|exists|aggregate|filter|where|exclude|values_list|cursor|stream|map|order_by|lean)\(|\[\s{0,3}\w{0,40}\s{0,3}:|\b(?:limit|page|offset|paginat\w{0,10}|per_page|pageSize|cursor)\b/i;

/** The statement around the call, or what answers the request, cuts the rows into pages. */
function isNarrowed(tree: CodeTree, call: number, fn: number): boolean {
  let up = call;
  for (let step = 0; step < 6; step += 1) {
    const next = parentOf(tree, up);
    if (next <= fn) break;
    up = next;
  }
  return (
    NARROWS.test(textOf(tree, up, MAX_STATEMENT)) || /paginat|limit|per_?page|page_?size/i.test(textOf(tree, fn, 4000))
  );
}

/** A collection of the whole process that handlers add to and nothing in the file ever takes from. */
function growingCollections(tree: CodeTree, sites: readonly CallSite[]): SlowRow[] {
  const { slow } = tree.grammar.table;
  if (!slow?.collections || !slow.adds) return [];
  const open = new Set(
    slow
      .collections(tree)
      .filter((name) => NAME.test(name))
      .slice(0, MAX_COLLECTIONS),
  );
  if (open.size === 0) return [];
  const rows: SlowRow[] = [];
  for (const { node, callee } of sites) {
    const name = callee.slice(0, Math.max(0, callee.indexOf('.')));
    if (!open.has(name) || !slow.adds(callee, name)) continue;
    const fn = functionAround(tree, node);
    if (fn === null || !slow.isHandler?.(tree, fn) || isDeclared(textOf(tree, fn, MAX_FUNCTION), name)) continue;
    open.delete(name);
    if (!isReduced(tree.text, name)) rows.push(slowRow(tree, node, 'growing-collection', name));
  }
  return rows;
}

const escaped = (name: string): string => name.replaceAll('$', '\\$');

/** Emptied, cut, measured, handed on or set anew somewhere in the file. */
function isReduced(text: string, name: string): boolean {
  const word = `(?<![\\w$.])${escaped(name)}`;
  return (
    new RegExp(
      `${word}\\.(?:delete|clear|shift|pop|popitem|popleft|splice|remove|discard|size|length|forEach|slice)\\b|\\bdel\\s{1,3}${escaped(name)}\\b|\\blen\\(${escaped(name)}\\)|[(,]\\s{0,3}${escaped(name)}\\s{0,3}[,)]|\\b(?:export|return|exports\\.\\w{1,40}\\s{0,3}=)\\s{0,3}(?:const\\s{1,3})?${escaped(name)}\\b|export\\s{0,3}\\{[^}]{0,300}\\b${escaped(name)}\\b|${word}\\s{0,3}=(?!=)[^\\n]{0,200}\\b(?:filter|slice)\\(`,
    ).test(text) || countOf(text, new RegExp(`${word}\\s{0,3}(?::[^=\\n]{1,80})?=(?!=)`, 'g')) > 1
  );
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function isDeclared(text: string, name: string): boolean {
  return new RegExp(`\\b(?:let|const|var)\\s{1,3}${escaped(name)}\\b`).test(text);
}
