import { isAppError } from '@/lib/errors';
import type { GitRepository } from './open-local';
import { runGit } from './run-git';

const TIMEOUT_MS = 30_000;
const MAX_OUTPUT_BYTES = 64 * 1024 ** 2;

/** Some seconds of comparing: the same everywhere, where a time would depend on the machine. */
const MAX_COMPARED_BYTES = 256 * 1024 ** 2;

/** Whether Git can tell in time who wrote the lines of a file that so many commits touched. */
export function canBlame(file: { sizeBytes: number; commits: number }): boolean {
  return file.sizeBytes * file.commits <= MAX_COMPARED_BYTES;
}

interface BlameRequest {
  commit: string;
  path: string;
  /** Seconds: of lines that are older it is only known that they are. */
  since: number;
  /** First and last lines; the whole file unless given. */
  ranges?: readonly (readonly [from: number, to: number])[];
}

/** Committer time of the commit that last changed each line, changes of white space left out. */
export async function blameTimes(
  { gitDir }: GitRepository,
  { commit, path, since, ranges = [] }: BlameRequest,
  signal?: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const lines = ranges.map(([from, to]) => `-L${from},${to}`);
  const flags = ['--porcelain', '--no-textconv', '-w', `--since=@${since} +0000`];
  const output = await runGit(['blame', ...flags, ...lines, commit, '--', path], {
    gitDir,
    config: ['blame.ignoreRevsFile='],
    signal,
    timeoutMs: TIMEOUT_MS,
    maxOutputBytes: MAX_OUTPUT_BYTES,
  });
  return lineTimes(output.toString('utf8'));
}

const REASONS: Partial<Record<string, string>> = {
  repository_corrupt: 'corrupt',
  repository_too_large: 'too-large',
  repository_unreadable: 'corrupt',
};

/** Why Git could not tell; other errors are thrown on: they are no word about the repository. */
export function reasonUnblamed(error: unknown): string {
  const reason = isAppError(error) ? REASONS[error.code] : undefined;
  if (!reason) throw error;
  return reason;
}

const HEADER = /^(?<id>[0-9a-f]{40,64}) \d+ (?<line>\d+)(?: \d+)?$/;

/** Content lines begin with a tab. */
function lineTimes(porcelain: string): Map<number, number> {
  const timeOf = new Map<string, number>();
  const commitOf = new Map<number, string>();
  let current = '';
  for (const line of porcelain.split('\n')) {
    if (line.startsWith('\t')) continue;
    const header = HEADER.exec(line)?.groups;
    if (header?.id) {
      current = header.id;
      commitOf.set(Number(header.line), current);
    } else if (line.startsWith('committer-time ')) timeOf.set(current, Number(line.slice(15)));
  }
  return new Map([...commitOf].map(([line, id]) => [line, timeOf.get(id) ?? 0]));
}
