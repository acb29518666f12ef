import type { BlobFacts } from '../blob-facts';
import { type CodeTree, lineOf, nodesWithRole } from './code-tree';

const MAX_SPECIFIER = 300;
const MAX_IMPORTS = 2000;

export function collectImports(tree: CodeTree): BlobFacts['imports'] {
  return nodesWithRole(tree, 'import')
    .flatMap((node) => tree.grammar.table.imports(tree, node))
    .filter(({ specifier }) => specifier !== '' && specifier.length <= MAX_SPECIFIER)
    .slice(0, MAX_IMPORTS)
    .map(({ node, specifier, isTypeOnly }) => ({ line: lineOf(tree, node), specifier, isTypeOnly }));
}
