import type { BlobFacts } from '../blob-facts';
import {
  ancestorWithRole,
  type CodeTree,
  hasRole,
  lineOf,
  lineText,
  nodesWithRole,
  partsOf,
  textOf,
} from './code-tree';
import { folded, operatorBetween, unwrapped } from './logic/pure';

type Row = BlobFacts['magicNumbers'][number];

const COMPARISON = /^(?:===?|!==?|<|>|<=|>=|-(?:eq|ne|lt|gt|le|ge))$/;
/** Numbers that say what they are: counts of a few, bases, powers of two, units of time and angle. */
const KNOWN: ReadonlySet<number> = new Set([
  0, 1, 2, 3, 4, 5, 12, 20, 24, 31, 50, 60, 90, 127, 180, 255, 360, 365, 366, 3600, 32767, 65535, 86400, 0.5,
]);
/** What is asked says what the number means: an arity, a version, a code of a protocol. */
const TELLING =
  /(?:length|size|count|len|argc|nargs|shape|arity|index|indexOf|version|major|minor|status|code|errno|year|month|day|hour|minute|port|char|byte|ch|rune|radix|base|bits?|width|level|key)\w*(?:\(.*\))?$|^(?:len|strlen|sizeof|count|ord|typeof)\b|^(?:c|ch|b|x|y|z|i|j|k)$/i;

/** Numbers compared with a value inside a function, whose meaning the code does not name. */
export function collectMagicNumbers(tree: CodeTree): Row[] {
  const rows: Row[] = [];
  for (const node of nodesWithRole(tree, 'binary')) {
    const parts = partsOf(tree, node);
    const [left, right] = parts;
    if (left === undefined || right === undefined || parts.length !== 2) continue;
    const isRight = hasRole(tree, right, 'number');
    if (isRight === hasRole(tree, left, 'number')) continue;
    const value = valueOfNumber(textOf(tree, isRight ? right : left, 40));
    if (value === null || isKnown(value) || !COMPARISON.test(operatorBetween(tree, left, right) ?? '')) continue;
    const asked = folded(textOf(tree, unwrapped(tree, isRight ? left : right), 200));
    if (isAsserted(tree, node) || isTold(tree, lineOf(tree, node), value)) continue;
    if (TELLING.test(asked) || /%|^[A-Z][A-Z0-9_]+$/.test(asked) || ancestorWithRole(tree, node, 'function') === null)
      continue;
    rows.push({ line: lineOf(tree, node), text: folded(textOf(tree, node, 200)) });
  }
  return rows;
}

/** The result a check expects. */
function isAsserted(tree: CodeTree, node: number): boolean {
  const call = ancestorWithRole(tree, node, 'call');
  return call !== null && /^[\w:.]{0,30}(?:assert|expect|verify)\w{0,30}\s?\(/i.test(textOf(tree, call, 80));
}

/** Beside code, a comment for people; one that only speaks to a tool tells them nothing. */
const BESIDE =
  /(?:\/\/|\s#|\/\*)(?!\s*(?:elder-ignore|biome-ignore|eslint-|noqa\b|nolint|pylint:|type: ?ignore|@ts-|noinspection))[^"'`]{0,80}\p{L}{3}[^"'`]*$/iu;

/** A comment above names the number, as it is or in per cent, or one beside it says something. */
function isTold(tree: CodeTree, line: number, value: number): boolean {
  if (BESIDE.test(lineText(tree, line))) return true;
  if (line === 1) return false;
  const above = /^(?:\/\/|#|\/\*|\*)(?<text>.*)$/.exec(lineText(tree, line - 1))?.groups?.text ?? '';
  const named = [...above.matchAll(/\d+(?:[.,]\d+)?/g)].map(([text]) => Number(text.replace(',', '.')));
  return named.some((each) => each === value || each === Math.round(value * 1e6) / 1e4);
}

const isKnown = (value: number): boolean =>
  KNOWN.has(value) || Number.isInteger(Math.log2(value)) || /^10+$/.test(String(value));

/** Plain decimal numbers; others stand for bits and characters. */
function valueOfNumber(text: string): number | null {
  const plain = text
    .replace(/(?<=\d)_(?=\d)/g, '')
    .replace(/(?:[uUlLfFdDmMn]+|[iu](?:8|16|32|64|size)|f(?:32|64))$/, '');
  return /^\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : null;
}
