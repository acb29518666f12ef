export interface DiffLine {
  kind: 'added' | 'removed' | 'same' | 'place';
  text: string;
}

/** A unified diff as lines to show: file heads are left out, hunk heads stay as places. */
export function diffLines(patch: string): DiffLine[] {
  const lines: DiffLine[] = [];
  let isInHunk = false;
  for (const line of patch.replace(/\n$/, '').split('\n')) {
    if (line.startsWith('@@')) {
      isInHunk = true;
      lines.push({ kind: 'place', text: line });
    } else if (line.startsWith('diff --git ')) isInHunk = false;
    else if (!isInHunk || line.startsWith('\\')) continue;
    else if (line.startsWith('+')) lines.push({ kind: 'added', text: line.slice(1) });
    else if (line.startsWith('-')) lines.push({ kind: 'removed', text: line.slice(1) });
    else lines.push({ kind: 'same', text: line.slice(1) });
  }
  return lines;
}
