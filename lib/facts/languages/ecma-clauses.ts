import { type CodeTree, childOfKind, fieldOf, fieldText, kindOf, parentOf, partsOf, textOf } from '../code/code-tree';
import type { CatchClause, ImportRow, NodeIndex } from './types';

export function ecmaCatches(tree: CodeTree, node: NodeIndex): CatchClause | null {
  if (kindOf(tree, node) !== 'catch_clause') return null;
  return { node, body: fieldOf(tree, node, 'body'), isBroad: true };
}

const unquote = (text: string): string => text.replace(/^["'`]|["'`]$/g, '');

/** `import`, `export … from`, `import()`, `require()`. */
export function ecmaImports(tree: CodeTree, node: NodeIndex): ImportRow[] {
  if (kindOf(tree, node) === 'call_expression') {
    const callee = fieldText(tree, node, 'function');
    const list = fieldOf(tree, node, 'arguments');
    if ((callee !== 'require' && callee !== 'import') || list === null) return [];
    const [first] = partsOf(tree, list);
    if (first === undefined || kindOf(tree, first) !== 'string') return [];
    return [
      {
        node,
        specifier: unquote(textOf(tree, first)),
        isTypeOnly: kindOf(tree, parentOf(tree, node)).endsWith('type_query'),
      },
    ];
  }
  const source = fieldOf(tree, node, 'source') ?? requireSource(tree, node);
  if (source === null) return [];
  const isTypeOnly = /^(?:import|export)\s+(?:type|typeof)\s+(?!from\b|,)/.test(textOf(tree, node, 40));
  return [{ node, specifier: unquote(textOf(tree, source)), isTypeOnly }];
}

function requireSource(tree: CodeTree, node: NodeIndex): NodeIndex | null {
  const clause = childOfKind(tree, node, 'import_require_clause');
  return clause === null ? null : fieldOf(tree, clause, 'source');
}
