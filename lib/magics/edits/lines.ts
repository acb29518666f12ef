import type { LineEdit } from '../types';

export const removal = (from: number, to: number = from): LineEdit => ({ from, to, lines: [] });

export const replacement = (line: number, text: string): LineEdit => ({ from: line, to: line, lines: [text] });

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === '';

/** Without leaving two blank lines where the removed ones stood between blank lines. */
export function removalWithGap(lines: readonly string[], from: number, to: number): LineEdit {
  const isBetweenBlanks = isBlank(lines[from - 2]) && to < lines.length && isBlank(lines[to]);
  return removal(from, isBetweenBlanks ? to + 1 : to);
}
