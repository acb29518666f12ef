import type { LineEdit } from '@/lib/magics/types';
import type { SourceText } from './source-text';

/** In the order of the file, or null when two touch the same line or one lies outside the file. */
export function sortEdits(edits: readonly LineEdit[], source: SourceText): readonly LineEdit[] | null {
  const sorted = [...edits].sort((a, b) => a.from - b.from);
  let last = 0;
  for (const { from, to, lines } of sorted) {
    if (from <= last || to < from || to > source.lines.length) return null;
    if (lines.some((line) => /[\n\r]/.test(line))) return null;
    last = to;
  }
  return withMark(source, sorted);
}

/** A line put in takes the end of the line it replaces, the last one that of the last. */
export function endsOfAdded({ ends }: SourceText, { from, to, lines }: LineEdit): string[] {
  const usual = ends[from - 1] || ends[0] || '\n';
  return lines.map((_, at) => {
    if (at === lines.length - 1) return ends[to - 1] ?? '';
    return (from + at <= to && ends[from + at - 1]) || usual;
  });
}

/** The text with sorted edits. */
export function applyEdits(source: SourceText, edits: readonly LineEdit[]): SourceText {
  const lines: string[] = [];
  const ends: string[] = [];
  let next = 1;
  const keepUpTo = (line: number) => {
    for (; next <= line; next += 1) {
      lines.push(source.lines[next - 1] ?? '');
      ends.push(source.ends[next - 1] ?? '');
    }
  };
  for (const edit of edits) {
    const { from, to, lines: added } = edit;
    keepUpTo(from - 1);
    lines.push(...added);
    ends.push(...endsOfAdded(source, edit));
    next = to + 1;
  }
  keepUpTo(source.lines.length);
  return { lines, ends, mark: source.mark };
}

/** A byte order mark is part of the first line; when that goes, the next one takes it over. */
function withMark(
  { mark, lines }: Pick<SourceText, 'mark' | 'lines'>,
  edits: readonly LineEdit[],
): readonly LineEdit[] {
  const [first, second, ...others] = edits;
  if (mark === '' || first?.from !== 1 || first.lines.length > 0 || first.to === lines.length) return edits;
  if (second?.from === first.to + 1) return withMark({ mark, lines }, [{ ...second, from: 1 }, ...others]);
  return [{ from: 1, to: first.to + 1, lines: [lines[first.to] ?? ''] }, ...edits.slice(1)];
}
