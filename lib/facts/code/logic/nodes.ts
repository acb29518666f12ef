import { type CodeTree, type Grammar, nextOf } from '../code-tree';

const masks = new WeakMap<Grammar, Map<readonly string[], Uint8Array>>();

/** Named nodes of some kinds, in preorder. The list of kinds is a constant of a language table. */
export function nodesOfKinds(tree: CodeTree, kinds: readonly string[], within = 0): number[] {
  const mask = maskOf(tree.grammar, kinds);
  const found: number[] = [];
  const end = nextOf(tree, within);
  for (let node = within; node < end; node++) if (mask[tree.kind[node] ?? 0] === 1) found.push(node);
  return found;
}

function maskOf(grammar: Grammar, kinds: readonly string[]): Uint8Array {
  const ofGrammar = masks.get(grammar) ?? new Map<readonly string[], Uint8Array>();
  masks.set(grammar, ofGrammar);
  const known = ofGrammar.get(kinds);
  if (known) return known;
  const mask = new Uint8Array(grammar.names.length);
  for (const [id, name] of grammar.names.entries()) {
    if (grammar.isNamed[id] === 1 && kinds.includes(name)) mask[id] = 1;
  }
  ofGrammar.set(kinds, mask);
  return mask;
}
