import { AppError } from '@/lib/errors';
import { toSeconds } from '@/lib/git/refs';
import { maskSecrets } from '../text/secrets';
import type { BlobChange, CommitFileRecord, CommitRecord } from './commit-record';

export interface RawCommit {
  id: string;
  record: CommitRecord;
  /** Blob ids before and after, in step with `record.files`; all zeros for none. */
  blobs: BlobChange[];
  /** Modes after, in step with `record.files`. */
  modes: string[];
  /** The lines of its changes could not be counted. */
  isUncounted?: boolean;
}

const MAX_NAME = 500;
const MAX_MESSAGE = 16_000;
const HEADER_FIELDS = 8;
/** More changes than this in one commit are an attack or a dump of data. */
export const MAX_COMMIT_FILES = 300_000;

/** Reads what `git log -z` printed in the format of `readCommits`. */
export async function* parseLog(tokens: AsyncIterable<string>, mark: string): AsyncGenerator<RawCommit, void> {
  let commit: RawCommit | null = null;
  let header: string[] | null = null;
  let change: string | null = null;
  let counts = 0;
  for await (const token of tokens) {
    if (header) {
      header.push(token);
      if (header.length === HEADER_FIELDS) {
        commit = startCommit(header);
        header = null;
        counts = 0;
      }
    } else if (change !== null) {
      addChange(commit, change, token);
      change = null;
    } else if (token === mark) {
      if (commit) yield commit;
      commit = null;
      header = [];
    } else if (commit && token.length > 0) {
      const text = token.startsWith('\n') ? token.slice(1) : token;
      if (text.startsWith(':')) change = text;
      else addCounts(commit, counts++, text);
    }
  }
  if (header || change !== null) throw new AppError('repository_corrupt', 'git log ended in the middle of a commit');
  if (commit) yield commit;
}

function startCommit(fields: readonly string[]): RawCommit {
  const [id = '', authoredAt, committedAt, authorName, authorEmail, committerName, committerEmail, message = ''] =
    fields;
  return {
    id,
    blobs: [],
    modes: [],
    record: {
      authorName: clean(authorName),
      authorEmail: clean(authorEmail),
      committerName: clean(committerName),
      committerEmail: clean(committerEmail),
      authoredAt: toSeconds(authoredAt),
      committedAt: toSeconds(committedAt),
      message: maskSecrets(cut(message, MAX_MESSAGE)),
      files: [],
    },
  };
}

function clean(name = ''): string {
  return cut(name, MAX_NAME).trim();
}

/** Never ends in half a surrogate pair, which PostgreSQL refuses. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}

/** `:100644 100644 <before> <after> M` */
function addChange(commit: RawCommit | null, text: string, path: string): void {
  const [, mode = '', before = '', after = '', letter = ''] = text.split(' ');
  const status = letter[0];
  if (!commit || (status !== 'A' && status !== 'M' && status !== 'D' && status !== 'T')) return;
  if (commit.record.files.length === MAX_COMMIT_FILES) {
    throw new AppError('repository_too_large', `a commit changes more than ${MAX_COMMIT_FILES} files`);
  }
  const file: CommitFileRecord = [status, path, null, null, null];
  commit.record.files.push(file);
  commit.blobs.push([before, after]);
  commit.modes.push(mode);
}

/** `12<tab>3<tab>path`, in the order of the changes; `-` for binary files. */
function addCounts(commit: RawCommit, index: number, text: string): void {
  const [added, deleted] = text.split('\t', 2);
  const file = commit.record.files[index];
  if (!file || text.slice((added?.length ?? 0) + (deleted?.length ?? 0) + 2) !== file[1]) return;
  file[2] = toCount(added);
  file[3] = toCount(deleted);
}

function toCount(text: string | undefined): number | null {
  const count = Number(text);
  return text !== undefined && Number.isSafeInteger(count) ? count : null;
}
