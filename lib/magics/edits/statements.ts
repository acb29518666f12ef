import type { EditedFile } from '../define';
import { languageOfPath } from '../paths';
import type { LineEdit } from '../types';
import { indentOf, removal } from './lines';

const ECMA = new Set(['typescript', 'tsx', 'javascript']);
/** Goes on with the line before when nothing ends that one. */
const CONTINUES = /^[([`/+\-.?*,:&|=<]/;

/** Takes a line away that is one statement; none where its block would be empty or the lines around it would join. */
export function statementRemoval({ path, lines }: EditedFile, line: number): readonly LineEdit[] {
  const language = languageOfPath(path);
  const text = lines[line - 1]?.trim() ?? '';
  if (language === 'python' && !hasSibling(lines, line)) return [];
  if (language !== null && ECMA.has(language) && !text.endsWith(';') && CONTINUES.test(filledAfter(lines, line).trim()))
    return [];
  return [removal(line)];
}

const isComment = (line: string): boolean => line.trim() === '' || line.trimStart().startsWith('#');

function filledAfter(lines: readonly string[], line: number): string {
  return lines.slice(line, line + 200).find((text) => text.trim() !== '') ?? '';
}

/** Another statement of the same Python block, whose beginning is its indentation. */
function hasSibling(lines: readonly string[], line: number): boolean {
  const own = indentOf(lines[line - 1] ?? '').length;
  for (const side of [lines.slice(0, line - 1).reverse(), lines.slice(line)]) {
    const stop = side.find((text) => !isComment(text) && indentOf(text).length <= own);
    if (stop !== undefined && indentOf(stop).length === own) return true;
  }
  return own === 0;
}
