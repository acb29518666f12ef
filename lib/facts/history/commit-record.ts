/** One file of a commit: status, path, added lines, deleted lines, whether tokens of code changed. */
export type CommitFileRecord = [
  status: 'A' | 'M' | 'D' | 'T',
  path: string,
  added: number | null,
  deleted: number | null,
  isCodeChanged: boolean | null,
];

/** What one commit says by itself, before `.mailmap` and without its place in a history. Plain JSON. */
export interface CommitRecord {
  authorName: string;
  authorEmail: string;
  committerName: string;
  committerEmail: string;
  authoredAt: number;
  committedAt: number;
  /** Empty in a brief record. */
  message: string;
  /** Against the first parent. Empty for merges. */
  files: CommitFileRecord[];
  /** Blobs it brought that are too large for a history; absent when none. */
  largeBlobs?: [path: string, sizeBytes: number][];
  /** Bytes of the texts it brought that may hold credentials, see `bytesOfTexts`; absent when none. */
  textBytes?: number;
  /** Files it moved; absent when none. */
  moves?: [from: string, to: string][];
  /** Blob ids in step with `files`, all zeros for none; absent in a brief record and when there are too many. */
  blobs?: BlobChange[];
}

/** Blob ids of one file of a commit. */
export type BlobChange = [before: string, after: string];

/** `brief`: who, when and which files. `full`: message and line counts too, for commits in the window. */
export type CommitDetail = 'brief' | 'full';
