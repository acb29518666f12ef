import type { GitRepository } from '@/lib/git/open-local';
import { type Blob, readBlobs } from '@/lib/git/read-blobs';
import { MAX_BLOB_BYTES } from './text/decode';

/** Gives blobs of up to `MAX_BLOB_BYTES` in the order asked for, as `readBlobs` does. */
export type BlobSource = (blobIds: readonly string[], signal?: AbortSignal) => AsyncIterable<Blob>;

/** Where bytes of blobs are read: in a repository, or in what was packed of one. */
export type BlobsFrom = { repository: GitRepository } | { blobs: BlobSource };

const MAX_PENDING = 64;
const MAX_PENDING_BYTES = 8 * 1024 ** 2;

interface SizedBlob {
  blobId: string;
  sizeBytes?: number;
}

/** `bytes` are null for a blob that is not read, with the reason. */
type TakeBytes<Request> = (
  request: Request,
  bytes: Uint8Array | null,
  reason: 'unreadable' | 'too-large',
) => Promise<void>;

/** Reads blobs and hands their bytes on, a few ahead of what is finished. */
export async function eachBlobBytes<Request extends SizedBlob>(
  { signal, ...from }: BlobsFrom & { signal?: AbortSignal | undefined },
  requests: readonly Request[],
  take: TakeBytes<Request>,
): Promise<void> {
  const small = requests.filter(({ sizeBytes = 0 }) => sizeBytes <= MAX_BLOB_BYTES);
  for (const request of requests) {
    if ((request.sizeBytes ?? 0) > MAX_BLOB_BYTES) await take(request, null, 'too-large');
  }
  const pending = new Set<Promise<void>>();
  let pendingBytes = 0;
  let failure: unknown = null;
  let place = 0;
  try {
    const ids = small.map(({ blobId }) => blobId);
    const blobs = 'blobs' in from ? from.blobs(ids, signal) : readBlobs(from.repository, ids, signal, MAX_BLOB_BYTES);
    for await (const { bytes, sizeBytes } of blobs) {
      const request = small[place++];
      if (!request) break;
      const size = bytes?.length ?? 0;
      pendingBytes += size;
      const job = take(request, bytes, sizeBytes === null ? 'unreadable' : 'too-large')
        .catch((error: unknown) => {
          failure ??= error;
        })
        .finally(() => {
          pending.delete(job);
          pendingBytes -= size;
        });
      pending.add(job);
      while (pending.size >= MAX_PENDING || (pendingBytes > MAX_PENDING_BYTES && pending.size > 1)) {
        await Promise.race(pending);
      }
      if (failure) break;
    }
  } finally {
    // Whoever is told of a failure may take what was read away.
    await Promise.all(pending);
  }
  if (failure) throw failure;
}
