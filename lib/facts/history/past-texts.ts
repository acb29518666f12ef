import { classifyPath } from '@/lib/magics/classify-path';
import { compareText } from '@/lib/magics/hash';
import { blobPlan } from '../blob-plan';
import type { SecretMode } from '../text/secrets';
import { isNoBlob } from './commit-blobs';
import type { RawCommit } from './parse-log';

/** A blob that a commit brought, and how it is searched for credentials. */
export interface PastText {
  blobId: string;
  mode: Exclude<SecretMode, 'all' | 'json'>;
  sizeBytes: number;
  path: string;
}

/** Credentials lie in short files; each version of a long one would be read whole. */
const MAX_BYTES = 128 * 1024;
/** What starting on one costs, however short it is. */
const MIN_TEXT_BYTES = 8 * 1024;

const known = new Map<string, PastText['mode'] | null>();
const MAX_KNOWN = 50_000;

/**
 * How a path of history is searched, null for not at all. Files of settings and keys are: every version of every source file
 * would cost more than the rest of an audit, and what nobody ships or runs is left to the search of HEAD.
 */
function pastModeOf(path: string): PastText['mode'] | null {
  const before = known.get(path);
  if (before !== undefined) return before;
  if (known.size >= MAX_KNOWN) known.clear();
  const mode = readMode(path);
  known.set(path, mode);
  return mode;
}

function readMode(path: string): PastText['mode'] | null {
  const role = classifyPath(path);
  if (role !== 'production' && role !== 'configuration' && role !== 'data') return null;
  const { secrets } = blobPlan(path);
  // Locks, maps and tables are full of what looks like credentials.
  if (secrets === 'formats') return null;
  if (secrets === 'settings' || role === 'configuration') return 'settings';
  return isKeyFile(path) ? 'formats' : null;
}

function isKeyFile(path: string): boolean {
  return /(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)$|\.(?:pem|key|p8|ppk|asc|npmrc|pypirc|netrc|tf|tfstate)$/i.test(path);
}

function isPastText(sizeBytes: number): boolean {
  return sizeBytes > 0 && sizeBytes <= MAX_BYTES;
}

const FILE_MODE = /^100/;

/** The texts of some commits, which become known when the sizes of their blobs do. */
export interface PastTexts {
  add(commit: RawCommit): void;
  /** One blob, of which nobody says whether it is wanted. */
  measure(blobId: string, sizeBytes: number): void;
  /** By commit, in the order of paths. What was never measured is missing, and has no bytes. */
  finish(): Map<string, PastText[]>;
}

export function createPastTexts(): PastTexts {
  const wanted = new Map<string, { commitId: string; path: string; mode: PastText['mode'] }[]>();
  const texts = new Map<string, PastText[]>();
  const put = (commitId: string, text: PastText): void => {
    const list = texts.get(commitId);
    if (list) list.push(text);
    else texts.set(commitId, [text]);
  };
  return {
    add({ id, record, blobs, modes }) {
      record.files.forEach(([, path], place) => {
        const blobId = blobs[place]?.[1] ?? '';
        const mode = FILE_MODE.test(modes[place] ?? '') && !isNoBlob(blobId) ? pastModeOf(path) : null;
        if (mode === null) return;
        const places = wanted.get(blobId);
        if (places) places.push({ commitId: id, path, mode });
        else wanted.set(blobId, [{ commitId: id, path, mode }]);
      });
    },
    measure(blobId, sizeBytes) {
      for (const { commitId, path, mode } of wanted.get(blobId) ?? []) {
        if (isPastText(sizeBytes)) put(commitId, { blobId, path, mode, sizeBytes });
      }
      wanted.delete(blobId);
    },
    finish() {
      for (const [blobId, places] of wanted) {
        for (const { commitId, path, mode } of places) put(commitId, { blobId, path, mode, sizeBytes: 0 });
      }
      wanted.clear();
      for (const list of texts.values()) list.sort((a, b) => compareText(a.path, b.path));
      return texts;
    },
  };
}

export function bytesOfTexts(texts: readonly PastText[]): number {
  return texts.reduce((sum, { sizeBytes }) => sum + Math.max(sizeBytes, MIN_TEXT_BYTES), 0);
}
