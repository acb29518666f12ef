import type { EditedFile } from '../define';
import type { LineEdit } from '../types';
import { replacement } from './lines';

/** Takes each comma of a JSON text away that stands before a closing bracket. */
export function withoutTrailingCommas({ lines }: EditedFile): readonly LineEdit[] {
  /** Line and column of a comma that nothing but white space has followed so far. */
  let comma: { line: number; column: number } | null = null;
  let isInText = false;
  const columns = new Map<number, number[]>();
  lines.forEach((text, line) => {
    for (let column = 0; column < text.length; column += 1) {
      const character = text[column] ?? '';
      if (isInText) {
        if (character === '\\') column += 1;
        else if (character === '"') isInText = false;
        continue;
      }
      if (character === '"') isInText = true;
      if (comma && (character === '}' || character === ']')) {
        columns.set(comma.line, [...(columns.get(comma.line) ?? []), comma.column]);
      }
      if (character === ',') comma = { line, column };
      else if (!/\s/.test(character)) comma = null;
    }
  });
  return [...columns].map(([line, own]) => {
    const kept = (lines[line] ?? '').split('').filter((_, column) => !own.includes(column));
    return replacement(line + 1, kept.join(''));
  });
}
