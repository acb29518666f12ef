import type { CommitFact } from '@/lib/magics/facts/history';
import { isBot } from './bots';
import type { CommitGraph, GraphCommit } from './commit-graph';
import type { CommitRecord } from './commit-record';
import { authorOf, committerOf } from './history-totals';
import type { Identity } from './mailmap';
import { parseMessage } from './message';

export function toCommitFact(
  { id, parents }: GraphCommit,
  record: CommitRecord,
  graph: CommitGraph,
  identify: (identity: Identity) => Identity,
): CommitFact {
  const author = authorOf(record, identify);
  return {
    id,
    parents,
    author: author.email,
    authorName: author.name,
    committer: committerOf(record, identify).email,
    authoredAt: record.authoredAt,
    committedAt: record.committedAt,
    ...parseMessage(record.message),
    isBot: isBot(record.authorName, record.authorEmail),
    isFirstParent: graph.firstParents.has(id),
    files: record.files.map(([status, path, added, deleted, isCodeChanged]) => ({
      path,
      status,
      added,
      deleted,
      isCodeChanged,
    })),
  };
}
