import { Lexer } from 'yaml';

/** Deeper than people write. */
const MAX_DEPTH = 100;

/**
 * Whether collections of a YAML text may be nested too deep to be read: reading recurses, and near the end of the stack
 * the engine ends the whole process when it has a regular expression to compile. Stops at the first such place.
 */
export function isTooDeep(text: string): boolean {
  let brackets = 0;
  let marks = 0;
  let isLineStart = true;
  for (const token of new Lexer().lex(text)) {
    if (token === '\n' || token === '\r\n') {
      marks = 0;
      isLineStart = true;
      continue;
    }
    if (token === '[' || token === '{') brackets += 1;
    else if (token === ']' || token === '}') brackets = Math.max(0, brackets - 1);
    // An indicator, a tag or an anchor may open a collection within the one before it on the line.
    else if (brackets === 0 && /^[-?:!&]/.test(token)) marks += 1;
    else if (isLineStart && /^ +$/.test(token)) marks += token.length / 2;
    isLineStart = false;
    if (brackets > MAX_DEPTH || marks > MAX_DEPTH) return true;
  }
  return false;
}
