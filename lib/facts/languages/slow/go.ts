import {
  type CodeTree,
  childOfKind,
  childrenOf,
  descendantsOfKind,
  fieldText,
  kindOf,
  textOf,
} from '../../code/code-tree';
import type { NodeIndex } from '../types';
import type { SlowTable } from './types';

const HANDLER = /\bhttp\.ResponseWriter\b|\*gin\.Context\b|\becho\.Context\b|\*fiber\.Ctx\b/;

/** A client without a limit of its own, where nothing in the file limits what it sends. */
function timeoutless(tree: CodeTree, node: NodeIndex, callee: string): boolean {
  if (kindOf(tree, node) === 'call_expression') return /^http\.(?:Get|Post|PostForm|Head)$/.test(callee);
  if (fieldText(tree, node, 'type') !== 'http.Client') return false;
  // A transport of the program's own may end what takes too long.
  if (/\b(?:Timeout|Transport)\s*:/.test(textOf(tree, node, 2000))) return false;
  return !/\.Timeout\s{0,3}=|\bWith(?:Timeout|Deadline)\b|\bNewRequestWithContext\b|\.WithContext\(/.test(tree.text);
}

function sharedNames(tree: CodeTree): string[] {
  return childrenOf(tree, 0)
    .filter((child) => kindOf(tree, child) === 'var_declaration')
    .flatMap((child) => descendantsOfKind(tree, child, 'var_spec'))
    .flatMap((spec) => {
      const name = childOfKind(tree, spec, 'identifier');
      return name === null ? [] : [textOf(tree, name, 100)];
    });
}

export const goSlow: SlowTable = {
  isHandler: (tree, fn) => HANDLER.test(fieldText(tree, fn, 'parameters') ?? ''),
  sleep: /^time\.Sleep$/,
  timeoutless,
  clients: { kind: 'composite_literal', text: 'http.Client{' },
  query:
    /^(?:http\.(?:Get|Post|PostForm|Head)|(?:\w{1,40}\.){0,2}(?:db|DB|tx|conn|pool)\.(?:Query|QueryRow|Exec|QueryContext|QueryRowContext|ExecContext))$/,
  eachLoop: /^for\s{1,3}(?<names>[\w\s,]{1,100}?)\s{0,3}:?=\s{0,3}range\s/,
  pattern: /^regexp\.(?:MustCompile|Compile)$/,
  appends: ['assignment_statement'],
  sharedNames,
  writes: ['assignment_statement', 'inc_statement', 'dec_statement'],
  guard: /\.R?Lock\(|\batomic\.|\.Do\(/,
};
