import type { EditedFile } from '../define';
import { languageOfPath } from '../paths';
import type { LineEdit } from '../types';
import { removalWithGap } from './lines';

const HASH = new Set(['python', 'ruby', 'bash']);
const HASH_LINE = /^\s*#(?![![])/;
const SLASH_LINE = /^\s*\/\/(?!\/\s*<reference)/;
const BLOCK_START = /^\s*\/\*/;
const BLOCK_END = /\*\/\s*$/;

const COMMENT_ABOVE = /^\s*(?:\/\/|#|\*)|\*\/\s*$/;

/** Takes lines away that hold nothing but one comment; none when a comment above speaks of them. */
export function commentRemoval({ path, lines }: EditedFile, from: number, to: number): readonly LineEdit[] {
  const own = lines.slice(from - 1, to);
  if (own.length !== to - from + 1) return [];
  const isOnlyComment = own.every((line) => isLineComment(path, line)) || (!isHash(path) && isOneBlock(own));
  return isOnlyComment && !COMMENT_ABOVE.test(lines[from - 2] ?? '') ? [removalWithGap(lines, from, to)] : [];
}

export function isLineComment(path: string, line: string): boolean {
  return (isHash(path) ? HASH_LINE : SLASH_LINE).test(line);
}

/** The text of a line comment, with its indentation after the mark. */
export function commentText(line: string): string {
  return line.replace(/^\s*(?:\/\/|#) ?/, '').trimEnd();
}

function isHash(path: string): boolean {
  return HASH.has(languageOfPath(path) ?? '');
}

function isOneBlock(own: readonly string[]): boolean {
  const text = own.join('\n');
  return BLOCK_START.test(text) && BLOCK_END.test(text) && text.indexOf('*/') === text.lastIndexOf('*/');
}
