import { type CodeTree, endOf, hasRole, isLeaf, isSpace, lineAt, lineOf, nextOf, partsOf, startOf } from './code-tree';

const CODE = 1;
const COMMENT = 2;

export interface LineCounts {
  codeLines: number;
  commentLines: number;
  blankLines: number;
  /** Code lines before line n + 1, by n. */
  codeBefore: Uint32Array;
}

/** A line with code is a code line, whatever else is on it. Documentation strings count as comments. */
export function countLines(tree: CodeTree): LineCounts {
  const lines = tree.lineStarts.length;
  const marks = new Uint8Array(lines + 2);
  for (let node = 0; node < tree.size; ) {
    const isComment = hasRole(tree, node, 'comment') || isDocString(tree, node);
    if (isComment || isLeaf(tree, node)) {
      mark(tree, node, isComment ? COMMENT : CODE, marks);
      node = nextOf(tree, node);
    } else node++;
  }

  const codeBefore = new Uint32Array(lines + 2);
  let codeLines = 0;
  let commentLines = 0;
  for (let line = 1; line <= lines; line++) {
    const bits = marks[line] ?? 0;
    if ((bits & CODE) !== 0) codeLines++;
    else if ((bits & COMMENT) !== 0) commentLines++;
    codeBefore[line] = codeLines;
  }
  const endsWithBreak = tree.text.length === 0 || tree.text.endsWith('\n');
  const textLines = endsWithBreak ? lines - 1 : lines;
  return { codeLines, commentLines, blankLines: textLines - codeLines - commentLines, codeBefore };
}

function mark(tree: CodeTree, node: number, bit: number, marks: Uint8Array): void {
  let start = startOf(tree, node);
  let end = endOf(tree, node);
  const isTrimmed = isSpace(tree.text.charCodeAt(start));
  while (start < end && isSpace(tree.text.charCodeAt(start))) start++;
  while (end > start && isSpace(tree.text.charCodeAt(end - 1))) end--;
  if (start >= end) return;
  const first = isTrimmed ? lineAt(tree, start) : lineOf(tree, node);
  const isOneLine = (tree.lineStarts[first] ?? Number.POSITIVE_INFINITY) >= end;
  const last = isOneLine ? first : lineAt(tree, end - 1);
  for (let line = first; line <= last; line++) marks[line] = (marks[line] ?? 0) | bit;
}

function isDocString(tree: CodeTree, node: number): boolean {
  const { docString } = tree.grammar.table;
  if (!docString || !hasRole(tree, node, 'wrapper') || !docString(tree, node)) return false;
  const parent = tree.parent[node] ?? -1;
  return parent >= 0 && hasRole(tree, parent, 'block') && partsOf(tree, parent)[0] === node;
}
