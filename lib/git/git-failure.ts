import { channel } from 'node:diagnostics_channel';
import { AppError } from '@/lib/errors';
import { codeFromStderr, redact, shortReason } from './git-error';
import { isBroken } from './mirror-seal';

/** Carries all that a failed Git printed, for a log: what an error says of it is short and without paths. */
export const gitFailures = channel('elder.git.failure');

/** Carries each end of a Git process, for whoever counts. */
export const gitEnds = channel('elder.git.end');

export interface GitEnd {
  /** `fetch`, `log`, `cat-file`, … */
  command: string;
  /** Code of its failure; null when it ended well. */
  errorCode: string | null;
  seconds: number;
}

export interface GitFailure {
  command: string;
  code: number | null;
  signal: string | null;
  /** Redacted; still names paths of this machine. */
  stderr: string;
}

const OUT_OF_HANDLES = new Set(['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM']);

export function failedStart(cause: Error): AppError {
  const { code = '' } = cause as NodeJS.ErrnoException;
  if (OUT_OF_HANDLES.has(code)) return new AppError('overloaded', `git could not be started: ${code}`);
  return new AppError('git_missing', `git could not be started: ${code}`);
}

export async function failedRun(run: GitFailure & { gitDir: string | undefined }): Promise<AppError> {
  const { command, code, signal, gitDir } = run;
  const stderr = redact(run.stderr).trim();
  if (gitFailures.hasSubscribers) gitFailures.publish({ command, code, signal, stderr } satisfies GitFailure);
  if (gitDir !== undefined && (await isBroken(gitDir))) {
    return new AppError('unavailable', 'the repository was removed or cut short while it was read');
  }
  const reason = shortReason(stderr, gitDir === undefined ? [] : [gitDir]);
  const sentence = `git ${command} ${reason ? `failed: ${reason}` : `ended with ${code ?? signal}`}`;
  // Nobody of ours killed it: the system did, for memory.
  return new AppError(signal === 'SIGKILL' ? 'overloaded' : codeFromStderr(stderr), sentence);
}
