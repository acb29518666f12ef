import type { LineEdit } from '@/lib/magics/types';
import { endsOfAdded } from './apply-edits';
import type { SourceText } from './source-text';

const CONTEXT_LINES = 3;

interface Group {
  edits: LineEdit[];
  /** First and last line shown, 1-based; `last` below `first` for an empty file. */
  first: number;
  last: number;
}

/** What `git apply` takes for these sorted edits of one file; empty without edits. */
export function unifiedDiff(path: string, source: SourceText, edits: readonly LineEdit[]): string {
  if (edits.length === 0) return '';
  let shift = 0;
  const hunks = groupsOf(edits, source.lines.length).map((group) => {
    const body: string[] = [];
    let added = 0;
    let line = group.first;
    const show = (sign: string, text: string, end: string) => body.push(`${sign}${text}${end === '' ? NO_END : end}`);
    const original = (sign: string, at: number) =>
      show(sign, (at === 1 ? source.mark : '') + (source.lines[at - 1] ?? ''), source.ends[at - 1] ?? '');
    for (const edit of group.edits) {
      const { from, to, lines } = edit;
      const ends = endsOfAdded(source, edit);
      for (; line < from; line += 1) original(' ', line);
      for (; line <= to; line += 1) original('-', line);
      lines.forEach((text, index) => {
        show('+', (from + index === 1 ? source.mark : '') + text, ends[index] ?? '');
        added += 1;
      });
    }
    for (; line <= group.last; line += 1) original(' ', line);
    const removed = group.edits.reduce((sum, { from, to }) => sum + to - from + 1, 0);
    const before = group.last - group.first + 1;
    const after = before - removed + added;
    const head = `@@ -${range(group.first, before)} +${range(group.first + shift, after)} @@\n`;
    shift += added - removed;
    return head + body.join('');
  });
  return `diff --git ${name('a/', path)} ${name('b/', path)}\n--- ${place('a/', path)}\n+++ ${place('b/', path)}\n${hunks.join('')}`;
}

const NO_END = '\n\\ No newline at end of file\n';

function groupsOf(edits: readonly LineEdit[], lineCount: number): Group[] {
  const groups: Group[] = [];
  for (const edit of edits) {
    const first = Math.max(1, edit.from - CONTEXT_LINES);
    const last = Math.min(lineCount, edit.to + CONTEXT_LINES);
    const open = groups.at(-1);
    if (open && first <= open.last + 1) {
      open.edits.push(edit);
      open.last = last;
    } else groups.push({ edits: [edit], first, last });
  }
  return groups;
}

/** Git counts a side without lines from the line before it. */
function range(first: number, count: number): string {
  if (count === 1) return String(first);
  return `${count === 0 ? first - 1 : first},${count}`;
}

/** As Git quotes a path in C's way. */
function name(prefix: string, path: string): string {
  const text = prefix + path;
  return needsQuotes(text) ? `"${[...text].map(escaped).join('')}"` : text;
}

/** A space in a bare name would leave open where it ends. */
function place(prefix: string, path: string): string {
  const text = name(prefix, path);
  return !text.startsWith('"') && text.includes(' ') ? `${text}\t` : text;
}

const needsQuotes = (text: string): boolean => [...text].some((character) => escaped(character) !== character);

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  const code = character.codePointAt(0) ?? 0;
  return code < 32 || code === 127 ? `\\${code.toString(8).padStart(3, '0')}` : character;
}
