import { maskSecrets } from '@/lib/facts/text/secrets';
import type { GitRepository } from '@/lib/git/open-local';
import { toSeconds } from '@/lib/git/refs';
import { runGit } from '@/lib/git/run-git';
import { cleanText } from '@/lib/queues/clean-text';

export interface CommitHeader {
  subject: string;
  author: string;
  committedAt: Date;
}

const MAX_SUBJECT = 300;
const MAX_AUTHOR = 120;

export async function readCommitHeader(
  repository: GitRepository,
  commit: string,
  signal?: AbortSignal,
): Promise<CommitHeader> {
  const args = ['log', '-1', '--no-show-signature', '--format=%ct%x00%an%x00%s', '--end-of-options', commit];
  const text = (await runGit(args, { gitDir: repository.gitDir, signal })).toString('utf8');
  const [seconds, author = '', subject = ''] = text.replace(/\n$/, '').split('\0');
  return {
    subject: maskSecrets(cleanText(subject)).slice(0, MAX_SUBJECT),
    author: cleanText(author).slice(0, MAX_AUTHOR),
    committedAt: new Date(toSeconds(seconds) * 1000),
  };
}
