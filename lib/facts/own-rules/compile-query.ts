import { type Language, Query, type QueryMatch } from 'web-tree-sitter';
import { compilePattern } from '@/lib/magics/own-rules/compile-pattern';

export const QUERY_PROBLEMS = [
  'syntax',
  'node-name',
  'field-name',
  'capture-name',
  'structure',
  'predicate',
  'no-finding',
] as const;

/** What is wrong with a query, and where. */
export interface QueryProblem {
  problem: (typeof QUERY_PROBLEMS)[number];
  /** Offset in the query, in UTF-16 units; null when it is about the whole. */
  position: number | null;
  part: string;
  /** In English, for those who read answers of the API. */
  message: string;
}

export interface CompiledQuery {
  query: Query;
  /** Whether the texts of what was captured are as the query asks. */
  holds(match: QueryMatch): boolean;
}

type Test = (match: QueryMatch) => boolean;

/** Tests of text by the parser's library, which compares and does nothing else. */
const COMPARING = new Set(['eq?', 'not-eq?', 'any-eq?', 'any-not-eq?', 'any-of?', 'not-any-of?']);
const MATCHING = new Set(['match?', 'not-match?', 'any-match?', 'any-not-match?']);
const FINDING = 'finding';

/** Compiles a query; expressions in `#match?` become RE2 ones. */
export function compileQuery(language: Language, source: string): CompiledQuery | { problem: QueryProblem } {
  const unknown = unknownPredicate(source);
  if (unknown) return { problem: unknown };
  let query: Query;
  try {
    query = new Query(language, withoutExpressions(source));
  } catch (error) {
    return { problem: problemOf(source, error) };
  }
  if (!query.captureNames.includes(FINDING)) {
    query.delete();
    const message = 'the query has to capture what it finds as @finding';
    return { problem: { problem: 'no-finding', position: null, part: '', message } };
  }
  const tests: Test[][] = [];
  for (let pattern = 0; pattern < query.patternCount(); pattern++) {
    const read = readTests(query, pattern, source);
    if ('problem' in read) {
      query.delete();
      return read;
    }
    tests.push(read.tests);
  }
  return { query, holds: (match) => (tests[match.patternIndex] ?? []).every((test) => test(match)) };
}

/** Names, strings and comments of a query, each with its place. */
const TOKEN = /"(?:[^"\\\n]|\\.)*"|;[^\n]*|[#.][A-Za-z_][\w.!?-]*/g;

/**
 * The library would make a backtracking expression of each `match?`: under a name it does not know the test is left to us. As
 * many characters, so that places in errors stay right.
 */
function withoutExpressions(source: string): string {
  return source.replace(TOKEN, (token) => (isName(token) ? token.replace(/match\?$/, 'Match?') : token));
}

function unknownPredicate(source: string): QueryProblem | null {
  for (const { 0: token, index } of source.matchAll(TOKEN)) {
    if (!isName(token) || !/[?!]$/.test(token)) continue;
    const name = token.slice(1);
    if (COMPARING.has(name) || MATCHING.has(name)) continue;
    const known = [...COMPARING, ...MATCHING].map((each) => `#${each}`).join(' ');
    return {
      problem: 'predicate',
      position: index,
      part: token,
      message: `${token} at character ${index + 1} is no test that a rule can use: ${known}`,
    };
  }
  return null;
}

function isName(token: string): boolean {
  return token.startsWith('#') || token.startsWith('.');
}

function readTests(query: Query, pattern: number, source: string): { tests: Test[] } | { problem: QueryProblem } {
  const tests: Test[] = [];
  for (const { operator, operands } of query.predicatesForPattern(pattern)) {
    const name = operator.replace('Match?', 'match?');
    const [capture, expression] = operands;
    if (!MATCHING.has(name) || operands.length !== 2 || capture?.type !== 'capture' || expression?.type !== 'string') {
      const position = source.indexOf(`#${name}`);
      const message = `#${name} takes a capture and a text`;
      return { problem: { problem: 'predicate', position: position < 0 ? null : position, part: `#${name}`, message } };
    }
    const compiled = compilePattern(expression.value);
    if ('problem' in compiled && compiled.problem.problem !== 'matches-empty') {
      const position = source.indexOf(`"${expression.value}"`);
      const { message } = compiled.problem;
      return {
        problem: { problem: 'predicate', position: position < 0 ? null : position, part: expression.value, message },
      };
    }
    const regex = 'pattern' in compiled ? compiled.pattern : null;
    const isPositive = !name.includes('not-');
    const isAny = name.startsWith('any-');
    tests.push(({ captures }) => {
      const texts = captures.filter((each) => each.name === capture.name).map(({ node }) => node.text);
      if (texts.length === 0) return !isPositive;
      const isRight = (text: string) => (regex === null || regex.matcher(text).find()) === isPositive;
      return isAny ? texts.some(isRight) : texts.every(isRight);
    });
  }
  return { tests };
}

/** By the number that the library gives a kind of error; the class of its errors is not exported. */
const PROBLEM_OF_KIND = {
  1: 'syntax',
  2: 'node-name',
  3: 'field-name',
  4: 'capture-name',
  5: 'structure',
} as const;

const SENTENCES = {
  syntax: 'the query is not written as tree-sitter wants it',
  'node-name': 'the grammar has no node of this name',
  'field-name': 'the grammar has no field of this name',
  'capture-name': 'the query captures nothing of this name',
  structure: 'no tree of this grammar can look like this',
} as const;

interface QueryError extends Error {
  kind: keyof typeof PROBLEM_OF_KIND;
  index: number;
  length: number;
}

function problemOf(source: string, error: unknown): QueryProblem {
  if (!isQueryError(error)) {
    // The library complains of the arguments of a test in words of its own.
    const message = error instanceof Error ? error.message.slice(0, 200) : 'the query cannot be compiled';
    return { problem: 'predicate', position: null, part: '', message };
  }
  const { kind, index, length } = error;
  const problem = PROBLEM_OF_KIND[kind];
  const part = source.slice(index, index + Math.max(length, 1));
  return { problem, position: index, part, message: `${SENTENCES[problem]}, at character ${index + 1}: ${part}` };
}

function isQueryError(error: unknown): error is QueryError {
  return error instanceof Error && error.name === 'QueryError' && 'index' in error && 'kind' in error;
}
