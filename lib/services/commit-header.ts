import { cleanText } from '@/lib/clean-text';
import { maskSecrets } from '@/lib/facts/text/secrets';
import type { CommitHead } from '@/lib/git/read-tree';

export interface CommitHeader {
  subject: string;
  author: string;
  committedAt: Date;
}

const MAX_SUBJECT = 300;
const MAX_AUTHOR = 120;

/** What is kept and shown of a commit's first lines. */
export function commitHeader({ subject, author, committedAt }: CommitHead): CommitHeader {
  return {
    subject: maskSecrets(cleanText(subject)).slice(0, MAX_SUBJECT),
    author: cleanText(author).slice(0, MAX_AUTHOR),
    committedAt: new Date(committedAt * 1000),
  };
}
