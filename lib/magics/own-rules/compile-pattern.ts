import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js';

export const MAX_PATTERN_CHARACTERS = 1_000;
/** Instructions a pattern may compile to: each character of a text may ask all of them. */
export const MAX_PATTERN_SIZE = 2_000;

/**
 * How a pattern is asked. `i` ignores case; `m` lets a match go over lines, with `^` and `$` at the ends of each; `s` is `m`
 * where `.` goes over them too. Without `m` and `s` a match lies in one line.
 */
export interface PatternFlags {
  isCaseInsensitive: boolean;
  /** The pattern is asked of the whole text, not line by line. */
  spansLines: boolean;
  isDotAll: boolean;
}

export const PATTERN_PROBLEMS = [
  'syntax',
  'lookaround',
  'backreference',
  'possessive',
  'repetition-too-large',
  'too-complex',
  'matches-empty',
] as const;

/** What is wrong with a pattern, and where. */
export interface PatternProblem {
  problem: (typeof PATTERN_PROBLEMS)[number];
  /** Offset in the pattern, in UTF-16 units; null when it is about the whole. */
  position: number | null;
  /** The part that is wrong. */
  part: string;
  /** In English, for those who read answers of the API. */
  message: string;
}

export type CompiledPattern = { pattern: RE2JS } | { problem: PatternProblem };

const NO_FLAGS = 0;

export function parseFlags(flags: string): PatternFlags {
  const isDotAll = flags.includes('s');
  return { isCaseInsensitive: flags.includes('i'), spansLines: isDotAll || flags.includes('m'), isDotAll };
}

/** Compiles an RE2 expression: matching takes time in proportion to the text, whatever the pattern. */
export function compilePattern(source: string, flags = ''): CompiledPattern {
  const { isCaseInsensitive, spansLines, isDotAll } = parseFlags(flags);
  const bits =
    (isCaseInsensitive ? RE2JS.CASE_INSENSITIVE : NO_FLAGS) |
    (spansLines ? RE2JS.MULTILINE : NO_FLAGS) |
    (isDotAll ? RE2JS.DOTALL : NO_FLAGS);
  let pattern: RE2JS;
  try {
    pattern = RE2JS.compile(source, bits);
  } catch (error) {
    if (error instanceof RE2JSException || error instanceof Error) return { problem: problemOf(source, error) };
    throw error;
  }
  const size = pattern.programSize();
  if (size > MAX_PATTERN_SIZE) {
    const message = `the pattern compiles to ${size} instructions, and may to ${MAX_PATTERN_SIZE}: repeat less`;
    return { problem: { problem: 'too-complex', position: null, part: '', message } };
  }
  if (pattern.matches('')) {
    const message = 'the pattern matches the empty text, which is everywhere: ask for at least one character';
    return { problem: { problem: 'matches-empty', position: null, part: '', message } };
  }
  return { pattern };
}

function problemOf(source: string, error: Error): PatternProblem {
  const part = error instanceof RE2JSSyntaxException ? (error.getPattern() ?? '') : '';
  const description = error instanceof RE2JSSyntaxException ? error.getDescription() : 'cannot be compiled';
  const { problem, at, sentence } = kindOf(source, part, description);
  const where = at === null ? '' : ` at character ${at + 1}`;
  return { problem, position: at, part, message: `${sentence}${where}${part ? `: ${part}` : ''}` };
}

function kindOf(source: string, part: string, description: string) {
  const found = part === '' ? -1 : source.indexOf(part);
  const at = found < 0 ? null : found;
  const lookaround = /\(\?(?:<?[=!])/.exec(source);
  if (lookaround && /perl|group|\(\?/i.test(description + part)) {
    return {
      problem: 'lookaround',
      at: lookaround.index,
      sentence: 'RE2 has no lookahead or lookbehind: match what stands there as well, or use a query',
    } as const;
  }
  const backreference = /\\[1-9]|\\k</.exec(source);
  if (backreference && /escape/i.test(description)) {
    return {
      problem: 'backreference',
      at: backreference.index,
      sentence: 'RE2 has no references back to a group: write the text again, or use a query',
    } as const;
  }
  if (/repeat count/i.test(description)) {
    return {
      problem: 'repetition-too-large',
      at,
      sentence:
        'a part may be repeated at most 1,000 times, parts of it counted in, and the smaller number comes first',
    } as const;
  }
  if (/nested repetition|invalid nested/i.test(description)) {
    return {
      problem: 'possessive',
      at,
      sentence: 'a repetition cannot be repeated, and RE2 has no possessive ones: put the part in a group',
    } as const;
  }
  // What is not closed is missed at the end.
  const isOpen = /missing closing/i.test(description);
  return { problem: 'syntax', at: isOpen ? source.length : at, sentence: description } as const;
}
