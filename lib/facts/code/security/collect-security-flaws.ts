import type { BlobFacts } from '../../blob-facts';
import type { CallSite } from '../calls';
import { type CodeTree, endLineOf, lineOf, lineText } from '../code-tree';
import { builtSql } from './built-sql';
import { isChosen } from './chosen';
import { flaggedCalls } from './flagged-calls';
import { hollowFunctions } from './hollow-functions';
import { markupSinks } from './markup-sinks';
import { looseSettings } from './settings';

type Row = BlobFacts['securityFlaws'][number];

/** What programs offer as an option. */
const CHOOSABLE: ReadonlySet<Row['form']> = new Set(['tls-unverified', 'host-key-unverified', 'debug-on']);

const MAX_ROWS = 500;
const MAX_LINES = 20;
/** Someone looked at the line with a tool for such flaws and decided. */
const SETTLED =
  /\bnosec\b|\bnosemgrep\b|\bNOSONAR\b|\bnoqa:.{0,40}\bS\d|\brubocop:(?:disable|todo) Security|\bnolint:.{0,40}gosec|\beslint-disable.{0,80}(?:security|no-danger)|@SuppressFBWarnings|\blgtm\b/;

export function collectSecurityFlaws(tree: CodeTree, sites: readonly CallSite[], imports: BlobFacts['imports']): Row[] {
  const table = tree.grammar.table.security;
  if (!table) return [];
  const found = [
    ...flaggedCalls(tree, sites, table.calls, imports),
    ...looseSettings(tree, table.settings ?? [], imports),
    ...hollowFunctions(tree, table.hollow ?? []),
    ...markupSinks(tree, table.sinks ?? []),
    ...(table.sql ? builtSql(tree, table.sql) : []),
  ];
  const seen = new Set<string>();
  return found
    .filter(({ form, node }) => !isSettled(tree, node) && !(CHOOSABLE.has(form) && isChosen(tree, node)))
    .map(({ form, callee, node }) => {
      const line = lineOf(tree, node);
      return { line, form, callee: callee.slice(0, 80), text: lineText(tree, line) };
    })
    .sort((a, b) => a.line - b.line || compare(a.form, b.form) || compare(a.callee, b.callee))
    .filter(({ line, form }) => !seen.has(`${line}:${form}`) && seen.add(`${line}:${form}`))
    .slice(0, MAX_ROWS);
}

function isSettled(tree: CodeTree, node: number): boolean {
  const first = lineOf(tree, node);
  const last = Math.min(endLineOf(tree, node), first + MAX_LINES);
  for (let line = first; line <= last; line++) if (SETTLED.test(lineText(tree, line))) return true;
  return false;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
