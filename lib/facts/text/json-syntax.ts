export interface SyntaxFault {
  offset: number;
  message: string;
}

const MAX_DEPTH = 10_000;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\r\n]*/y;

type Expectation = 'value' | 'valueOrClose' | 'key' | 'keyOrClose' | 'colon' | 'commaOrClose' | 'end';

/**
 * First fault of a JSON text, null when there is none. Own messages: those of `JSON.parse` differ between engines.
 * With comments allowed, trailing commas are too. Iterative, so nesting cannot exhaust the stack.
 */
export function findJsonFault(text: string, allowComments: boolean): SyntaxFault | null {
  const stack: ('{' | '[')[] = [];
  let expected: Expectation = 'value';
  let at = 0;
  for (;;) {
    const next = skipSpace(text, at, allowComments);
    if (typeof next !== 'number') return next;
    at = next;
    if (at >= text.length) return expected === 'end' ? null : { offset: at, message: 'unexpected end of file' };
    const character = text[at] ?? '';
    if (expected === 'end') return { offset: at, message: `unexpected ${quote(character)} after the end of the value` };
    if (expected === 'colon') {
      if (character !== ':') return { offset: at, message: `expected ":" but found ${quote(character)}` };
      expected = 'value';
      at += 1;
      continue;
    }
    if (expected === 'commaOrClose' && character === ',') {
      const isObject = stack.at(-1) === '{';
      expected = isObject ? (allowComments ? 'keyOrClose' : 'key') : allowComments ? 'valueOrClose' : 'value';
      at += 1;
      continue;
    }
    if (character === '}' || character === ']') {
      const canClose = expected === 'commaOrClose' || expected === 'keyOrClose' || expected === 'valueOrClose';
      if (!canClose || stack.pop() !== (character === '}' ? '{' : '[')) {
        return { offset: at, message: `unexpected ${quote(character)}` };
      }
      expected = stack.length === 0 ? 'end' : 'commaOrClose';
      at += 1;
      continue;
    }
    if (expected === 'commaOrClose') return { offset: at, message: `expected "," but found ${quote(character)}` };
    if (expected === 'key' || expected === 'keyOrClose') {
      if (character !== '"') return { offset: at, message: `expected a quoted key but found ${quote(character)}` };
      const end = stringEnd(text, at);
      if (typeof end !== 'number') return end;
      at = end;
      expected = 'colon';
      continue;
    }
    if (character === '{' || character === '[') {
      stack.push(character);
      if (stack.length > MAX_DEPTH) return null;
      expected = character === '{' ? 'keyOrClose' : 'valueOrClose';
      at += 1;
      continue;
    }
    const end = scalarEnd(text, at, character);
    if (typeof end !== 'number') return end;
    at = end;
    expected = stack.length === 0 ? 'end' : 'commaOrClose';
  }
}

function skipSpace(text: string, start: number, allowComments: boolean): number | SyntaxFault {
  let at = start;
  for (;;) {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
    if (!allowComments || text[at] !== '/') return at;
    if (text[at + 1] === '/') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (text[at + 1] === '*') {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) return { offset: at, message: 'comment without an end' };
      at = end + 2;
    } else {
      return at;
    }
  }
}

function scalarEnd(text: string, at: number, character: string): number | SyntaxFault {
  if (character === '"') return stringEnd(text, at);
  for (const word of ['true', 'false', 'null']) if (text.startsWith(word, at)) return at + word.length;
  NUMBER.lastIndex = at;
  if (NUMBER.exec(text)) return NUMBER.lastIndex;
  return { offset: at, message: `unexpected ${quote(character)}` };
}

function stringEnd(text: string, start: number): number | SyntaxFault {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) return at + 1;
    if (code < 32) return { offset: at, message: 'line break or control character inside a string' };
    if (code !== 92) continue;
    const escaped = text[at + 1] ?? '';
    if (escaped === 'u' && !/^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) {
      return { offset: at, message: 'unknown escape in a string' };
    }
    if (!'"\\/bfnrtu'.includes(escaped) || escaped === '') return { offset: at, message: 'unknown escape in a string' };
    at += 1;
  }
  return { offset: start, message: 'string without an end' };
}

function quote(character: string): string {
  return /^[\x21-\x7e]$/.test(character) ? `"${character}"` : 'a character that is not allowed';
}
