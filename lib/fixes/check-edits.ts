import type { LanguageId } from '@/lib/magics/facts/code';
import type { Finding, LineEdit } from '@/lib/magics/types';
import { applyEdits } from './apply-edits';
import { type FileFindings, findInFile } from './file-findings';
import { type SourceText, textOfSource } from './source-text';
import { type LineRange, shapeOutside } from './tree-shape';

export interface CheckedFile {
  path: string;
  source: SourceText;
  language: LanguageId | null;
  before: FileFindings;
}

/**
 * Whether sorted edits take away the findings and change nothing else: all other lines keep their code and its place in
 * the tree, no error of syntax and no finding of any rule is added.
 */
export async function areSafe(
  { path, source, language, before }: CheckedFile,
  edits: readonly LineEdit[],
  findings: readonly Pick<Finding, 'ruleId'>[],
): Promise<boolean> {
  const edited = applyEdits(source, edits);
  if (edited.lines.length === 0) return false;
  const text = textOfSource(edited);
  if (language !== null && !(await keepsShape(source, edited, edits, language))) return false;

  const after = await findInFile(path, text);
  const known = new Set(before.findings.map(({ fingerprint }) => fingerprint));
  if (after.isCut || after.broken.some((ruleId) => !before.broken.includes(ruleId))) return false;
  if (after.findings.some(({ fingerprint }) => !known.has(fingerprint))) return false;
  const count = (rows: readonly Pick<Finding, 'ruleId'>[], id: string) =>
    rows.filter((row) => row.ruleId === id).length;
  return [...new Set(findings.map(({ ruleId }) => ruleId))].every(
    (id) => count(after.findings, id) <= count(before.findings, id) - count(findings, id),
  );
}

async function keepsShape(
  source: SourceText,
  edited: SourceText,
  edits: readonly LineEdit[],
  language: LanguageId,
): Promise<boolean> {
  const old = await shapeOutside(source.lines.join('\n'), language, edits.map(oldRange));
  const now = await shapeOutside(edited.lines.join('\n'), language, newRanges(edits));
  if (!old || !now || now.errors > old.errors || now.leaves.length !== old.leaves.length) return false;
  return now.leaves.every((leaf, at) => leaf === old.leaves[at]);
}

function oldRange({ from, to }: LineEdit): LineRange {
  return [from, to];
}

function newRanges(edits: readonly LineEdit[]): LineRange[] {
  let shift = 0;
  return edits.map(({ from, to, lines }) => {
    const first = from + shift;
    shift += lines.length - (to - from + 1);
    return [first, first + lines.length - 1];
  });
}
