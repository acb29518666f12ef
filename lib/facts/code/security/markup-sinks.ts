import type { SinkPattern } from '../../languages/security/types';
import { isConstant } from '../body-shape';
import { type CodeTree, hasRole, kindOf, nextOf, parentOf, startOf, textOf } from '../code-tree';
import { isNameAt, nodeAt } from './nodes';
import type { FoundFlaw } from './row';

const MAX_MATCHES = 300;
/** Cleaned, made by the program itself, or copied from where it already was. */
const HARMLESS =
  /sanit|purif|escape|encode|trusted|safe|clean|JSON\.stringify|(?:inner|outer)HTML\b|^t\(|i18n|^(?:null|undefined|\d)|css|styles?\b|svg|icon|highlight|renderToSt|markdown|katex|\.sort\(/i;

const CONSTANT = /^(?:[\w$]+\.)*[A-Z][A-Z0-9_]+$/;

/** Names that take markup, with a value that is not a literal. */
export function markupSinks(tree: CodeTree, patterns: readonly SinkPattern[]): FoundFlaw[] {
  const found: FoundFlaw[] = [];
  for (const { form, text } of patterns) {
    let left = MAX_MATCHES;
    for (const match of tree.text.matchAll(text)) {
      if (left-- === 0) break;
      const name = /[\w$]+/.exec(match[0])?.[0] ?? '';
      const offset = match.index + match[0].indexOf(name);
      if (!isNameAt(tree, offset, name)) continue;
      const value = valueAt(tree, match.index + match[0].length);
      if (
        value === null ||
        isFixed(tree, value) ||
        hasRole(tree, value, 'call') ||
        isHarmless(textOf(tree, value, 300))
      )
        continue;
      found.push({ form, callee: name, node: nodeAt(tree, offset) });
    }
  }
  return found;
}

const isHarmless = (text: string): boolean => CONSTANT.test(text) || HARMLESS.test(text);

/** The largest expression that begins there. */
function valueAt(tree: CodeTree, offset: number): number | null {
  let node = nodeAt(tree, offset);
  if (startOf(tree, node) !== offset) return null;
  for (;;) {
    const parent = parentOf(tree, node);
    if (parent < 0 || startOf(tree, parent) !== offset) return node;
    node = parent;
  }
}

/** Made of literals alone. */
function isFixed(tree: CodeTree, value: number): boolean {
  if (isConstant(tree, value)) return true;
  if (!/^(?:binary|ternary|conditional|parenthesized)/.test(kindOf(tree, value))) return false;
  const skipped = /^(?:ternary|conditional)/.test(kindOf(tree, value));
  let node = value + 1;
  let isFirst = true;
  while (node < nextOf(tree, value)) {
    if (!(skipped && isFirst) && hasRole(tree, node, 'identifier')) return false;
    if (skipped && isFirst) {
      node = nextOf(tree, node);
      isFirst = false;
    } else node += 1;
  }
  return true;
}
