import { compareKeys, type Key } from './compare-parts';

interface Token {
  separator: '.' | '-';
  text: string;
}

const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const SAME = new Map([
  ['cr', 'rc'],
  ['ga', ''],
  ['final', ''],
  ['release', ''],
]);
const SHORT = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);

const isNumber = (text: string) => /^\d/.test(text);
const isNothing = (text: string) => text === '' || /^0+$/.test(text);

/** Order of Maven's ComparableVersion; null where a text is no version. */
export function compareMaven(a: string, b: string): number | null {
  const [one, other] = [tokensOf(a), tokensOf(b)];
  if (!one || !other) return null;
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const left = one[at] ?? padding(other[at]);
    const right = other[at] ?? padding(one[at]);
    const order = compareKeys(keyOf(left), keyOf(right));
    if (order !== 0) return order;
  }
  return 0;
}

function tokensOf(version: string): Token[] | null {
  if (!/^[0-9A-Za-z][0-9A-Za-z._+-]{0,150}$/.test(version)) return null;
  const tokens: Token[] = [];
  let separator: Token['separator'] = '.';
  for (const part of version.toLowerCase().match(/\d+|[a-z+_]+|[.-]/g) ?? []) {
    if (part === '.' || part === '-') {
      separator = part;
      continue;
    }
    tokens.push({ separator, text: part });
    // A change from letters to digits or back separates as a hyphen does.
    separator = '-';
  }
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1];
    const isBeforeNumber = next !== undefined && isNumber(next.text) && next.separator === '-';
    token.text = SAME.get(token.text) ?? (isBeforeNumber ? (SHORT.get(token.text) ?? token.text) : token.text);
  }
  return withoutNothing(tokens);
}

/** Zeros and empty qualifiers say nothing at the end, and before a hyphen. */
function withoutNothing(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (const token of tokens) {
    if (token.separator === '-') dropNothing(kept);
    kept.push(token);
  }
  dropNothing(kept);
  return kept;
}

function dropNothing(tokens: Token[]): void {
  for (let last = tokens.at(-1); last && isNothing(last.text) && tokens.length > 1; last = tokens.at(-1)) tokens.pop();
}

function padding(beside: Token | undefined): Token {
  const { separator = '.', text = '' } = beside ?? {};
  return { separator, text: isNumber(text) ? '0' : '' };
}

/** Qualifiers before numbers after a hyphen before numbers after a dot. */
function keyOf({ separator, text }: Token): Key {
  if (isNumber(text)) {
    const digits = text.replace(/^0+(?=\d)/, '');
    return [separator === '-' ? 1 : 2, digits.length, digits];
  }
  const known = QUALIFIERS.indexOf(text);
  return [0, known < 0 ? QUALIFIERS.length : known, known < 0 ? text : ''];
}
