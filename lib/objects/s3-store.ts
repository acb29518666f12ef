import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { isAppError } from '@/lib/errors';
import { SEAL_BYTES, withoutSeal, withSeal } from './check-sum';
import { assertObjectKey, assertObjectPrefix } from './object-key';
import { type ObjectProblem, objectError } from './object-problem';
import type { ObjectInfo, ObjectStore, PutOptions } from './object-store';

export interface S3Settings {
  bucket: string;
  region: string;
  /** Amazon's unless given. */
  endpoint?: string | undefined;
  /** What the machine brings along (a role, a profile) unless given. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
  /** Whether the bucket is part of the path, not of the host. */
  isPathStyle: boolean;
}

const MEBI = 1024 * 1024;
/** S3 takes 10,000 parts of 5 MiB or more each; what is smaller than one goes in one request. */
const PART_BYTES = 16 * MEBI;
const LARGE_PART_BYTES = 128 * MEBI;
const SMALL_PARTS = 2_000;
/** Until an answer begins, and between two pieces of one. */
const TIMEOUT_MS = 60_000;
/** Until a part was taken, by a slow line too. */
const UPLOAD_TIMEOUT_MS = 15 * 60_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** Objects in a bucket of any server that speaks S3. */
export function openS3Store(settings: S3Settings, { timeoutMs = TIMEOUT_MS } = {}): ObjectStore {
  const { bucket: Bucket, region, endpoint, credentials, isPathStyle } = settings;
  const place = `bucket ${Bucket} at ${endpoint ?? `Amazon S3 (${region})`}`;
  const client = new S3Client({
    region,
    forcePathStyle: isPathStyle,
    ...(endpoint && { endpoint }),
    ...(credentials && { credentials }),
    // Not every server knows the newer check sums; each object carries one of ours.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      // Else it is told and waited for.
      throwOnRequestTimeout: true,
    },
  });
  const told = async <Answer>(asking: Promise<Answer>, key: string): Promise<Answer> => {
    try {
      return await asking;
    } catch (error) {
      throw problemOf(error, place, key);
    }
  };

  return {
    place,
    put: async (Key, body, options) => {
      assertObjectKey(Key);
      return put(client, { Bucket, Key }, body, { ...options, told });
    },
    get: async (Key) => {
      assertObjectKey(Key);
      const { Body } = await told(client.send(new GetObjectCommand({ Bucket, Key })), Key);
      return Readable.from(withoutSeal(Body as Readable, `${Key} in ${place}`), { objectMode: false });
    },
    head: async (Key) => {
      assertObjectKey(Key);
      try {
        const found = await told(client.send(new HeadObjectCommand({ Bucket, Key })), Key);
        return infoOf(Key, found.ContentLength, found.LastModified);
      } catch (error) {
        if (isAppError(error) && error.code === 'not_found') return null;
        throw error;
      }
    },
    async *list(Prefix) {
      assertObjectPrefix(Prefix);
      let ContinuationToken: string | undefined;
      do {
        const page = await told(client.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken })), Prefix);
        for (const { Key, Size, LastModified } of page.Contents ?? []) if (Key) yield infoOf(Key, Size, LastModified);
        ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (ContinuationToken);
    },
    delete: async (Key) => {
      assertObjectKey(Key);
      await told(client.send(new DeleteObjectCommand({ Bucket, Key })), Key);
    },
    [Symbol.dispose]: () => client.destroy(),
  };
}

interface Asking extends PutOptions {
  told: <Answer>(asking: Promise<Answer>, key: string) => Promise<Answer>;
}

async function put(
  client: S3Client,
  to: { Bucket: string; Key: string },
  body: AsyncIterable<Uint8Array>,
  { signal, told }: Asking,
): Promise<{ sizeBytes: number }> {
  const abort = signal ? { abortSignal: signal } : {};
  const slow = { ...abort, requestTimeout: UPLOAD_TIMEOUT_MS };
  let sizeBytes = 0;
  let upload: string | undefined;
  const done: CompletedPart[] = [];
  try {
    const sealed = withSeal(body, (size) => {
      sizeBytes = size;
    });
    for await (const { bytes, isLast } of inParts(sealed)) {
      signal?.throwIfAborted();
      if (isLast && upload === undefined) {
        await told(client.send(new PutObjectCommand({ ...to, Body: bytes }), slow), to.Key);
        return { sizeBytes };
      }
      upload ??= (await told(client.send(new CreateMultipartUploadCommand(to), abort), to.Key)).UploadId;
      const part = { ...to, UploadId: upload, PartNumber: done.length + 1, Body: bytes };
      const { ETag } = await told(client.send(new UploadPartCommand(part), slow), to.Key);
      done.push({ ETag, PartNumber: part.PartNumber });
    }
    const complete = { ...to, UploadId: upload, MultipartUpload: { Parts: done } };
    await told(client.send(new CompleteMultipartUploadCommand(complete), abort), to.Key);
    return { sizeBytes };
  } catch (error) {
    // Parts that nobody completes cost money and are never listed. The first failure is what people must hear of.
    if (upload) await client.send(new AbortMultipartUploadCommand({ ...to, UploadId: upload })).catch(() => undefined);
    throw error;
  }
}

/** Parts that grow after a while, so that terabytes fit into 10,000 of them. */
async function* inParts(body: AsyncIterable<Uint8Array>): AsyncGenerator<{ bytes: Buffer; isLast: boolean }> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let parts = 0;
  for await (const chunk of body) {
    // One is kept back until more came: the last part may be small, and only it.
    if (heldBytes >= (parts < SMALL_PARTS ? PART_BYTES : LARGE_PART_BYTES)) {
      yield { bytes: Buffer.concat(held), isLast: false };
      parts += 1;
      held = [];
      heldBytes = 0;
    }
    held.push(chunk);
    heldBytes += chunk.length;
  }
  yield { bytes: Buffer.concat(held), isLast: true };
}

function infoOf(key: string, sizeBytes: number | undefined, modifiedAt: Date | undefined): ObjectInfo {
  return { key, sizeBytes: Math.max(0, (sizeBytes ?? 0) - SEAL_BYTES), modifiedAt: modifiedAt ?? new Date(0) };
}

const BY_NAME: Readonly<Record<string, ObjectProblem>> = {
  NoSuchBucket: 'bucket_missing',
  NoSuchKey: 'missing',
  NotFound: 'missing',
  AccessDenied: 'access_denied',
  Forbidden: 'access_denied',
  InvalidAccessKeyId: 'access_denied',
  SignatureDoesNotMatch: 'access_denied',
  CredentialsProviderError: 'access_denied',
  ENOTFOUND: 'endpoint_unknown',
  EAI_AGAIN: 'endpoint_unknown',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  ETIMEDOUT: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  TimeoutError: 'unreachable',
};

function problemOf(error: unknown, place: string, key: string): unknown {
  const {
    name = '',
    code = '',
    $metadata,
  } = error as {
    name?: string;
    code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  if (name === 'AbortError') return error;
  const problem = BY_NAME[name] ?? BY_NAME[code] ?? ($metadata?.httpStatusCode === 403 ? 'access_denied' : 'failed');
  return objectError(problem, problem === 'missing' ? `${key} in ${place}` : place, error);
}
