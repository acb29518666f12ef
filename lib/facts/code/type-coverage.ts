import type { TypeCoverageFact } from '@/lib/magics/facts/code';
import { type CodeTree, hasRole, kindOf, lineOf, nodesWithRole, textOf } from './code-tree';

type Row = Omit<TypeCoverageFact, 'path' | 'role'>;

/** How much of a file says its types; none for a language without optional ones, or where nothing can. */
export function collectTypeCoverage(tree: CodeTree): Row[] {
  const { types } = tree.grammar.table;
  if (!types) return [];
  const open: number[] = [];
  let places = 0;
  if (types.annotations) {
    const { annotations, any } = types;
    const meanings = tree.grammar.names.map((name) => (annotations.includes(name) ? 1 : name === any?.kind ? 2 : 0));
    for (let node = 0; node < tree.size; node++) {
      const meaning = meanings[tree.kind[node] ?? 0];
      if (meaning === 1) places += 1;
      else if (meaning === 2 && textOf(tree, node, 10) === any?.text) open.push(node);
    }
  }
  if (types.isUntyped) {
    for (const fn of nodesWithRole(tree, 'function')) {
      if (tree.grammar.table.functions[kindOf(tree, fn)] === 'lambda') continue;
      for (const parameter of tree.grammar.table.parameters(tree, fn)) {
        if (hasRole(tree, parameter, 'comment')) continue;
        places += 1;
        if (types.isUntyped(tree, parameter)) open.push(parameter);
      }
    }
  }
  const [first] = open;
  // Nested ones count once for each place that they leave open.
  const untyped = Math.min(open.length, places);
  return places === 0 ? [] : [{ line: first === undefined ? 1 : lineOf(tree, first), places, untyped }];
}
