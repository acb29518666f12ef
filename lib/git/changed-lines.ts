import type { GitRepository } from './open-local';
import { isCommitId } from './read-tree';
import { runGit } from './run-git';

/** By path as it is now: first and last line of each run that was added or changed, from 1. */
export type ChangedLines = Record<string, [first: number, last: number][]>;

const TIMEOUT_MS = 20_000;
const MAX_OUTPUT_BYTES = 32 * 1024 ** 2;
const MOST_FILES = 3_000;
const MOST_RUNS = 20_000;
const HUNK = /^@@ -\d+(?:,\d+)? \+(?<start>\d+)(?:,(?<count>\d+))? @@/;

/** Lines that one commit has and another, earlier one had not; of moved files what differs. Files beyond the limits are left out. */
export async function changedLines(
  { gitDir }: GitRepository,
  { from, to }: { from: string; to: string },
  signal?: AbortSignal,
): Promise<ChangedLines> {
  if (from === to || !isCommitId(from) || !isCommitId(to)) return {};
  const flags = ['-r', '-p', '--unified=0', '--no-color', '--no-ext-diff', '--no-textconv', '--find-renames=50%'];
  const names = ['--src-prefix=a/', '--dst-prefix=b/', '--diff-algorithm=histogram'];
  const config = ['core.quotePath=false'];
  const args = ['diff-tree', ...flags, ...names, '--end-of-options', from, to];
  const options = { gitDir, signal, timeoutMs: TIMEOUT_MS, maxOutputBytes: MAX_OUTPUT_BYTES, config };
  return parseDiff((await runGit(args, options)).toString('utf8'));
}

export function parseDiff(output: string): ChangedLines {
  const changed = new Map<string, [number, number][]>();
  let path: string | null = null;
  let runs = 0;
  for (const line of output.split('\n')) {
    if (line.startsWith('diff --git ')) path = null;
    // Before the first hunk of a file only: an added line may begin so, too.
    else if (path === null && line.startsWith('+++ ')) path = pathOf(line.slice(4));
    const hunk = path === null ? null : HUNK.exec(line)?.groups;
    const count = Number(hunk?.count ?? 1);
    if (!hunk || path === null || count === 0 || runs >= MOST_RUNS) continue;
    const start = Number(hunk.start);
    const known = changed.get(path);
    if (!known && changed.size >= MOST_FILES) continue;
    changed.set(path, [...(known ?? []), [start, start + count - 1]]);
    runs++;
  }
  return Object.fromEntries(changed);
}

/** Null where the file was deleted. Names with control characters or quotes are written in C's way. */
function pathOf(text: string): string | null {
  const name = text.replace(/\t$/, '');
  if (name === '/dev/null') return null;
  const plain = name.startsWith('"') ? unquote(name) : name;
  return plain.startsWith('b/') ? plain.slice(2) : null;
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '"': '"',
  '\\': '\\',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

function unquote(text: string): string {
  const inner = text.slice(1, -1);
  return inner.replace(/\\(?:(?<octal>[0-7]{3})|(?<letter>.))/g, (...match) => {
    const { octal, letter } = match.at(-1) as { octal?: string; letter?: string };
    return octal === undefined ? (ESCAPES[letter ?? ''] ?? '') : String.fromCharCode(Number.parseInt(octal, 8));
  });
}
