import { type CodeTree, fieldOf, hasRole, kindOf, nextOf, nodesWithRole, partsOf, textOf } from '../code-tree';
import { functionAround, loopAround } from './scope';
import { type SlowRow, slowRow } from './slow-row';

const MAX_LOOP = 20_000;
/** A file with more texts that grow is machine-made. */
const MAX_CHECKS = 1000;

/** A text that grows with each round, where appending copies it. */
export function loopTexts(tree: CodeTree): SlowRow[] {
  const appends = tree.grammar.table.slow?.appends;
  if (!appends) return [];
  const rows: SlowRow[] = [];
  const kept = new Map<string, boolean>();
  let done = 0;
  for (const outer of nodesWithRole(tree, 'loop')) {
    if (outer < done) continue;
    done = nextOf(tree, outer);
    for (let node = outer + 1; node < done; node++) {
      if (!appends.includes(kindOf(tree, node))) continue;
      const name = grownName(tree, node);
      if (name === null) continue;
      const loop = loopAround(tree, node);
      if (loop === null || functionAround(tree, loop) === null) continue;
      const key = `${loop} ${name}`;
      const grows = kept.get(key) ?? (kept.size < MAX_CHECKS && isKept(tree, loop, name));
      kept.set(key, grows);
      if (grows) {
        rows.push(slowRow(tree, node, 'text-in-loop', name));
      }
    }
  }
  return rows;
}

/** Name of `s` in `s += "…" + x` and `s = s + "…"`. */
function grownName(tree: CodeTree, node: number): string | null {
  const left = fieldOf(tree, node, 'left');
  const right = fieldOf(tree, node, 'right');
  if (left === null || right === null) return null;
  const name = textOf(tree, left, 101);
  if (!/^\w{1,100}$/.test(name)) return null;
  const operator = tree.text.slice(endOfNode(tree, left), tree.start[right]).trim();
  const value = kindOf(tree, right) === 'expression_list' ? partsOf(tree, right)[0] : right;
  if (value === undefined || !hasText(tree, value)) return null;
  if (operator === '+=') return name;
  return operator === '=' && new RegExp(`^${name}\\s{0,3}\\+`).test(textOf(tree, value, 120)) ? name : null;
}

const endOfNode = (tree: CodeTree, node: number): number => tree.end[node] ?? 0;

/** A literal text is one of the operands. */
function hasText(tree: CodeTree, node: number, depth = 0): boolean {
  if (hasRole(tree, node, 'string')) return /^[$@]{0,2}["`]/.test(textOf(tree, node, 3));
  if (depth > 20 || !hasRole(tree, node, 'binary')) return false;
  return partsOf(tree, node).some((part) => hasText(tree, part, depth + 1));
}

/** Made before the loop, and not begun anew in it. */
function isKept(tree: CodeTree, loop: number, name: string): boolean {
  const text = textOf(tree, loop, MAX_LOOP);
  const isNew = new RegExp(
    `\\b(?:String|string|var|val|let|final)\\s{1,3}${name}\\b|\\b${name}\\s{0,3}:=|\\b${name}\\s{0,3}=(?!=)(?!\\s{0,3}${name}\\b)`,
  ).test(text);
  // What leaves right after is appended once.
  return (
    !isNew &&
    !new RegExp(`\\b${name}\\s{0,3}\\+=[^;\\n]{0,300}[;\\n]\\s{0,200}(?:break|return|throw|panic)\\b`).test(text)
  );
}
