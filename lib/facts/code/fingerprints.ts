import { createHash } from 'node:crypto';
import type { TokenFingerprint } from '../blob-facts';
import { CLONE_WINDOW_TOKENS, CLONE_WINNOW } from '../clone-window';
import {
  type CodeTree,
  endLineOf,
  hasRole,
  isLeaf,
  isSpace,
  kindOf,
  lineOf,
  nextOf,
  parentOf,
  startOf,
  textOf,
} from './code-tree';

const IDENTIFIER = 0x9e3779b1;
const NUMBER = 0x85ebca6b;
const STRING = 0xc2b2ae35;

interface Tokens {
  nodes: Uint32Array;
  hashes: Uint32Array;
  size: number;
}

/** Code tokens with names and literals made alike, imports left out. */
function tokensOf(tree: CodeTree): Tokens {
  const { roles, roleBits, kindHashes } = tree.grammar;
  const nodes = new Uint32Array(tree.size);
  const hashes = new Uint32Array(tree.size);
  let size = 0;
  const skipped = roleBits.comment | roleBits.import;
  for (let node = 0; node < tree.size; ) {
    const kind = tree.kind[node] ?? 0;
    const bits = roles[kind] ?? 0;
    // `import` also marks calls that may import and exported declarations; they have children worth comparing.
    if ((bits & skipped) !== 0 && (bits & roleBits.call) === 0 && !isDeclaration(tree, node)) {
      node = nextOf(tree, node);
      continue;
    }
    const isString = (bits & roleBits.string) !== 0;
    if (!isString && !isLeaf(tree, node)) {
      node++;
      continue;
    }
    const start = startOf(tree, node);
    if ((tree.end[node] ?? 0) > start && !isSpace(tree.text.charCodeAt(start))) {
      nodes[size] = node;
      hashes[size] =
        (bits & roleBits.identifier) !== 0
          ? IDENTIFIER
          : isString
            ? STRING
            : (bits & roleBits.number) !== 0
              ? NUMBER
              : (kindHashes[kind] ?? 0);
      size++;
    }
    node = nextOf(tree, node);
  }
  return { nodes, hashes, size };
}

/** `export function …` declares, `export { … }` and `export *` only pass on. */
function isDeclaration(tree: CodeTree, node: number): boolean {
  return kindOf(tree, node) === 'export_statement' && !/^export\s*(?:type\s*)?[{*]/.test(textOf(tree, node, 40));
}

const BASE_LOW = 0x01000193;
const BASE_HIGH = 0x5bd1e995;

/** Winnowed fingerprints: two equal stretches of `CLONE_WINDOW_TOKENS + CLONE_WINNOW - 1` tokens share at least one. */
export function collectFingerprints(tree: CodeTree): { fingerprints: TokenFingerprint[]; tokens: string } {
  const tokens = tokensOf(tree);
  const fingerprints = winnow(tree, tokens);
  return { fingerprints, tokens: fingerprints.length === 0 ? '' : tokenText(tree, tokens) };
}

/** Characters that JSON writes as they are. */
const FIRST = 35;
const CHARACTERS = 91;
const BACKSLASH = 92;

/** One character a token, as many line breaks as the code has. */
function tokenText(tree: CodeTree, { nodes, hashes, size }: Tokens): string {
  const parts: string[] = [];
  let line = 1;
  for (let at = 0; at < size; at++) {
    const here = lineOf(tree, nodes[at] ?? 0);
    if (here > line) parts.push('\n'.repeat(here - line));
    line = Math.max(line, here);
    const code = FIRST + ((mix(hashes[at] ?? 0) >>> 0) % CHARACTERS);
    parts.push(String.fromCharCode(code < BACKSLASH ? code : code + 1));
  }
  return parts.join('');
}

function winnow(tree: CodeTree, { nodes, hashes, size }: Tokens): TokenFingerprint[] {
  const windows = size - CLONE_WINDOW_TOKENS + 1;
  if (windows <= 0) return [];
  const rolled = rollHashes(hashes, windows);
  const prints: TokenFingerprint[] = [];
  let last = -1;
  const runs = Math.max(1, windows - CLONE_WINNOW + 1);
  for (let run = 0; run < runs; run++) {
    const end = Math.min(run + CLONE_WINNOW, windows);
    if (last >= run && !isSmaller(rolled, end - 1, last)) continue;
    let best = last >= run ? end - 1 : run;
    if (last < run) for (let at = run + 1; at < end; at++) if (isSmaller(rolled, at, best)) best = at;
    last = best;
    prints.push({
      hash: rolled[best] ?? 0,
      token: best,
      line: lineOf(tree, nodes[best] ?? 0),
      endLine: endLineOf(tree, nodes[best + CLONE_WINDOW_TOKENS - 1] ?? 0),
    });
  }
  return prints;
}

/** The later of two equal hashes counts as the smaller: long runs of one token then yield few fingerprints. */
const isSmaller = (hashes: Float64Array, a: number, b: number): boolean => (hashes[a] ?? 0) <= (hashes[b] ?? 0);

function rollHashes(hashes: Uint32Array, windows: number): Float64Array {
  const rolled = new Float64Array(windows);
  let outLow = 1;
  let outHigh = 1;
  for (let step = 1; step < CLONE_WINDOW_TOKENS; step++) {
    outLow = Math.imul(outLow, BASE_LOW);
    outHigh = Math.imul(outHigh, BASE_HIGH);
  }
  let low = 0;
  let high = 0;
  for (let at = 0; at < windows + CLONE_WINDOW_TOKENS - 1; at++) {
    const gone = at >= CLONE_WINDOW_TOKENS ? (hashes[at - CLONE_WINDOW_TOKENS] ?? 0) : 0;
    const next = hashes[at] ?? 0;
    low = (Math.imul(low - Math.imul(gone, outLow), BASE_LOW) + next) | 0;
    high = (Math.imul(high - Math.imul(gone, outHigh), BASE_HIGH) + next) | 0;
    const window = at - CLONE_WINDOW_TOKENS + 1;
    if (window >= 0) rolled[window] = (mix(high) & 0xffff) * 0x100000000 + (mix(low) >>> 0);
  }
  return rolled;
}

function mix(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x7feb352d);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x846ca68b);
  return hash ^ (hash >>> 16);
}

const PROSE = /\p{L}\s+\S+\s+\S+\s|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{8}/u;

/** Hash of the code without comments, white space and prose in literals, such as the help of a program. */
export function hashCode(tree: CodeTree): string {
  const { isIndentationSensitive } = tree.grammar.table;
  const parts: string[] = [];
  let line = 0;
  for (let node = 0; node < tree.size; ) {
    const isString = hasRole(tree, node, 'string');
    if (hasRole(tree, node, 'comment') || (isString && isDocString(tree, node))) {
      node = nextOf(tree, node);
      continue;
    }
    if (!isString && !isLeaf(tree, node)) {
      node++;
      continue;
    }
    const whole = textOf(tree, node).trim();
    const text = isString && PROSE.test(whole) ? '""' : whole;
    if (text !== '') {
      const here = lineOf(tree, node);
      if (isIndentationSensitive && here !== line)
        parts.push(`\n${startOf(tree, node) - (tree.lineStarts[here - 1] ?? 0)}`);
      line = here;
      parts.push(text);
    }
    node = nextOf(tree, node);
  }
  return createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 32);
}

/** A string that stands alone in a language of indentation has no effect: it documents. */
function isDocString(tree: CodeTree, node: number): boolean {
  if (!tree.grammar.table.isIndentationSensitive) return false;
  const parent = parentOf(tree, node);
  return kindOf(tree, parent) === 'expression_statement' && nextOf(tree, parent) === nextOf(tree, node);
}
