import * as z from 'zod';
import { defineRule, type Examples } from '../define';
import type { CloneFact, CommentFact } from '../facts/code';
import { lines } from '../sketches';
import { MIN_CODE_LINES } from '../totals';
import type { Location } from '../types';

/** A copy has at least as many lines of code. */
const MIN_LINES = 10;

type Span = CloneFact['first'];

type Lines = { line: number; endLine: number };

/** The spans of each file without their overlaps, so that each line counts once. */
export function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const group of byPath(spans).values()) {
    let last: Span | null = null;
    for (const span of group.sort((a, b) => a.line - b.line)) {
      if (last && span.line <= last.endLine) last.endLine = Math.max(last.endLine, span.endLine);
      else {
        last = { ...span };
        merged.push(last);
      }
    }
  }
  return merged;
}

/** Lines of a span that no comment fills: clones are compared without comments, so these are what is the same. */
export function linesOfCode({ path, line, endLine }: Span, commentsOf: ReadonlyMap<string, Lines[]>): number {
  let code = endLine - line + 1;
  for (const comment of commentsOf.get(path) ?? []) {
    code -= Math.max(0, Math.min(comment.endLine, endLine) - Math.max(comment.line, line) + 1);
  }
  return code;
}

function byPath<Row extends Span>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const known = groups.get(row.path);
    if (known) known.push(row);
    else groups.set(row.path, [row]);
  }
  return groups;
}

/** Tables of constants repeat their shape by nature; copied code has functions in it. */
const touches = ({ path, line, endLine }: Span, groups: ReadonlyMap<string, Lines[]>) =>
  groups.get(path)?.some((each) => each.line <= endLine && line <= each.endLine) ?? false;

/** Comments that fill whole lines; one behind code is of kind `line`. */
const fillsLines = ({ kind, line, endLine }: CommentFact) => kind === 'doc' || endLine > line;

const toLocation = ({ path, line, endLine }: Span): Location => ({ path, line, endLine });

const BODY = `export function total(rows: Row[], rate: number): number {
  let sum = 0;
  let count = 0;
  for (const row of rows) {
    if (row.isOpen && row.amount > 0) {
      sum += row.amount * (1 + rate) - row.discount;
      count += row.items.length + row.extras.length;
    } else if (row.isRefunded) {
      sum -= row.amount * (1 + rate) - row.fee;
      count -= row.items.length;
    }
    if (count > row.limit) throw new Error('too many items in one row');
  }
  const mean = count === 0 ? 0 : sum / count;
  return Math.round((sum + mean * rate) * 100) / 100;
}

export function check(rows: Row[], limits: Limits): string[] {
  const problems: string[] = [];
  for (const row of rows) {
    if (row.amount > limits.amount) problems.push('amount of ' + row.name + ' is over the limit');
    if (row.items.length > limits.items) problems.push('items of ' + row.name + ' are over the limit');
    if (row.discount > row.amount) problems.push('discount of ' + row.name + ' is over the amount');
    if (row.name.trim() === '') problems.push('a row has no name');
  }
  return problems.sort();
}
`;

/** Enough code to speak of its share. */
const ROOM = { 'src/rates.ts': lines(600, 'export const rate') };

export const noDuplication = defineRule({
  id: 'servant/no-duplication',
  catalogue: 'SRV-03',
  group: 'duplication',
  severity: 'low',
  confidence: 0.95,
  needs: ['clones', 'comments', 'files', 'functions', 'tests'],
  limits: { per: 'measure', good: 0.03, bad: 0.12, range: [0, 1] },
  report: 'beyond-limit',
  effort: 'moderate',
  references: [
    'https://rules.sonarsource.com/typescript/RSPEC-4144/',
    'https://refactoring.guru/smells/duplicate-code',
  ],
  tags: ['CWE-1041'],
  options: z.object({}),

  title: { en: 'No copied code', ja: 'コードを複製しない' },
  why: {
    en: 'A defect mended in one copy lives on in the other.',
    ja: '片方の不具合を直しても、もう片方に残り続けます。',
  },
  fix: {
    en: 'Move what both share into one function or module and call it from both places.',
    ja: '共通部分を1つの関数かモジュールにまとめ、両方から呼び出してください。',
  },
  messages: {
    clone: {
      en: '{lines} lines ({tokens} tokens) are the same, but for names, literals and comments, as in “{other}” from line {line}.',
      ja: '名前、リテラル、コメントを除き、{lines}行（{tokens} トークン）が「{other}」の{line}行目以降と同じです。',
    },
    inside: {
      en: '{lines} lines ({tokens} tokens) are repeated, but for names, literals and comments, in this file from line {line}.',
      ja: '名前、リテラル、コメントを除き、{lines}行（{tokens} トークン）が同じファイルの{line}行目以降で繰り返されています。',
    },
  },
  examples: (): Examples => ({
    bad: [
      { files: { 'src/orders.ts': BODY, 'src/invoices.ts': `import type { Row } from './row';\n${BODY}` } },
      { files: { 'src/注文.ts': BODY, 'src/請求.ts': BODY.replace('total', '合計') } },
    ],
    good: [
      { files: { 'src/orders.ts': BODY, 'tests/orders.test.ts': BODY, 'dist/orders.js': BODY, ...ROOM } },
      { files: { 'src/a.ts': 'export const a = 1;\n', 'src/b.ts': 'export const a = 1;\n', ...ROOM } },
      { files: { 'src/orders.ts': BODY, 'src/invoices.ts': BODY, 'src/table.ts': lines(2500, 'export const rate') } },
    ],
  }),

  *check({ clones, comments, files, functions, tests }) {
    const production = new Map(files.filter((file) => file.role === 'production').map((file) => [file.path, file]));
    const testsOf = byPath(tests);
    const functionsOf = byPath(functions.filter((each) => each.body !== 'none'));
    const commentsOf = byPath(comments.filter((each) => production.has(each.path) && fillsLines(each)));
    const isCode = (span: Span) => linesOfCode(span, commentsOf) >= MIN_LINES;
    const isJudged = (span: Span) =>
      production.has(span.path) && !touches(span, testsOf) && touches(span, functionsOf) && isCode(span);
    const judged = clones.filter(({ first, second }) => isJudged(first) && isJudged(second));
    const byHash = new Map<string, CloneFact[]>();
    for (const clone of judged) byHash.set(clone.hash, [...(byHash.get(clone.hash) ?? []), clone]);
    for (const [hash, [clone, ...others]] of byHash) {
      if (!clone) continue;
      const { first, second, tokens } = clone;
      const length = Math.min(linesOfCode(first, commentsOf), linesOfCode(second, commentsOf));
      yield {
        messageId: first.path === second.path ? 'inside' : 'clone',
        data: { lines: length, tokens, other: second.path, line: second.line },
        location: toLocation(first),
        related: [second, ...others.map((other) => other.second)].map(toLocation),
        anchor: hash,
      };
    }
    const sum = (spans: readonly Span[]) => spans.reduce((lines, span) => lines + linesOfCode(span, commentsOf), 0);
    const duplicated = sum(mergeSpans(judged.flatMap(({ first, second }) => [first, second])));
    const total = sum(
      [...production.values()].map(({ path, codeLines, commentLines, blankLines }) => {
        return { path, line: 1, endLine: codeLines + commentLines + blankLines };
      }),
    );
    if (judged.length === 0 && total < MIN_CODE_LINES) {
      return { outcome: 'not-applicable', reason: 'too-little', data: { population: total } };
    }
    const value = duplicated / total;
    return { value, metrics: { duplicated_lines: duplicated, duplication: Number.isFinite(value) ? value : 0 } };
  },
});
