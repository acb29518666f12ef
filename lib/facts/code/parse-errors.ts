import { createRequire } from 'node:module';
import type { LanguageId } from '@/lib/magics/facts/code';
import type { BlobFacts } from '../blob-facts';
import { type CodeTree, endOf, isLeaf, lineOf, startOf, textOf } from './code-tree';

const require = createRequire(import.meta.url);

/** At most this share of the text may lie inside error nodes; beyond it the grammar does not know the dialect. */
const MAX_SHARE = 0.3;

/**
 * Grammars lag behind their languages, so an error is believed only where the grammar clearly understood the rest. By
 * language: mature grammars are believed; others only when brackets do not match; JavaScript and TypeScript when a second
 * parser objects too; languages with macros never.
 */
export function collectParseErrors(tree: CodeTree): BlobFacts['parseErrors'] {
  const { grammar } = tree;
  const { table } = grammar;
  const errorKind = grammar.names.length - 1;
  let errors = tree.missing.length;
  let lost = 0;
  let first: number | null = tree.missing[0] ?? null;
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== errorKind) continue;
    errors++;
    if (first === null || node < first) first = node;
    const parent = tree.parent[node] ?? -1;
    if (parent < 0 || tree.kind[parent] !== errorKind) lost += endOf(tree, node) - startOf(tree, node);
  }
  if (first === null || table.trustsErrors === 'never' || table.isKnownDialect?.test(tree.text)) return [];
  if (table.trustsErrors === 'unbalanced' && isBalanced(tree)) return [];
  if (table.trustsErrors === 'confirmed') {
    if (!isRefused(tree.text, table.id)) return [];
  } else if (lost > MAX_SHARE * tree.text.length && tree.text.length > 200) return [];
  return [{ line: lineOf(tree, first), errors }];
}

const CLOSING: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

function isBalanced(tree: CodeTree): boolean {
  const open: string[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (!isLeaf(tree, node) || endOf(tree, node) - startOf(tree, node) !== 1) continue;
    const text = textOf(tree, node);
    if (text === '(' || text === '[' || text === '{') open.push(text);
    else if (CLOSING[text] && open.pop() !== CLOSING[text]) return false;
  }
  return open.length === 0;
}

/** Whether esbuild's parser, too, finds the text wrong. Parsing only: nothing is resolved, bundled or run. */
function isRefused(text: string, id: LanguageId): boolean {
  const loader = id === 'typescript' ? 'ts' : id === 'tsx' ? 'tsx' : 'jsx';
  try {
    // Loaded on demand, and without waiting: the tree's memory is shared with the next parse.
    const { transformSync } = require('esbuild') as typeof import('esbuild');
    transformSync(text, { loader, logLevel: 'silent', tsconfigRaw: '{}' });
    return false;
  } catch (error) {
    return error instanceof Error && 'errors' in error && Array.isArray(error.errors) && error.errors.length > 0;
  }
}
