import { type CodeTree, fieldOf, kindOf, nodesWithRole, partsOf, textOf } from '../../code/code-tree';

/** Local names of imports, written out: `lp` is `pickle.loads` after `from pickle import loads as lp`. */
export function pythonNames(tree: CodeTree): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const node of nodesWithRole(tree, 'import')) {
    const module = fieldOf(tree, node, 'module_name');
    const prefix = module === null ? '' : `${textOf(tree, module, 200)}.`;
    if (prefix.startsWith('.')) continue;
    for (const part of partsOf(tree, node)) {
      if (part === module) continue;
      const isAliased = kindOf(tree, part) === 'aliased_import';
      if (module === null && !isAliased) continue;
      const name = textOf(tree, fieldOf(tree, part, 'name') ?? part, 200);
      const local = isAliased ? fieldOf(tree, part, 'alias') : null;
      names.set(local === null ? name : textOf(tree, local, 200), prefix + name);
    }
  }
  return names;
}
