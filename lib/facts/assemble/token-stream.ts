/** The code tokens of a file, read back from their one-character form. */
export interface TokenStream {
  tokens: string;
  /** 1-based line of each token. */
  lines: Uint32Array;
}

export function readTokens(text: string): TokenStream {
  const rows = text.split('\n');
  const tokens = rows.join('');
  const lines = new Uint32Array(tokens.length);
  let at = 0;
  for (const [row, { length }] of rows.entries()) {
    lines.fill(row + 1, at, at + length);
    at += length;
  }
  return { tokens, lines };
}

/** How many tokens before `a` and `b` are alike, no more than `limit`. */
export function alikeBefore(one: TokenStream, a: number, other: TokenStream, b: number, limit: number): number {
  let count = 0;
  while (count < limit && isAlike(one, a - count - 1, other, b - count - 1)) count += 1;
  return count;
}

/** How many tokens from `a` and `b` on are alike, no more than `limit`. */
export function alikeFrom(one: TokenStream, a: number, other: TokenStream, b: number, limit: number): number {
  let count = 0;
  while (count < limit && isAlike(one, a + count, other, b + count)) count += 1;
  return count;
}

function isAlike(one: TokenStream, a: number, other: TokenStream, b: number): boolean {
  const token = one.tokens[a];
  return token !== undefined && token === other.tokens[b];
}
