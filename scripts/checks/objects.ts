import { randomUUID } from 'node:crypto';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import * as z from 'zod';
import { AppError } from '@/lib/errors';

const TIMEOUT_MS = 10_000;

/** Of the environment; what the store of objects is told. */
export const ObjectSettings = z.object({
  S3_BUCKET: z.string().min(3),
  S3_ENDPOINT: z.url().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().min(1),
  S3_SECRET_ACCESS_KEY: z.string().min(1),
  S3_FORCE_PATH_STYLE: z.stringbool().default(false),
});
export type ObjectSettings = z.infer<typeof ObjectSettings>;

/** Writes, reads and removes an object; makes the bucket when it is not there. Throws `unavailable` with what is wrong. */
export async function checkObjects(settings: ObjectSettings): Promise<string> {
  const { S3_BUCKET: Bucket, S3_ENDPOINT: endpoint, S3_REGION: region } = settings;
  const client = new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint }),
    forcePathStyle: settings.S3_FORCE_PATH_STYLE,
    credentials: { accessKeyId: settings.S3_ACCESS_KEY_ID, secretAccessKey: settings.S3_SECRET_ACCESS_KEY },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 1,
    requestHandler: { connectionTimeout: TIMEOUT_MS, requestTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS },
  });
  const Key = `checks/${randomUUID()}`;
  const written = randomUUID();
  try {
    const isNew = await ensureBucket(client, Bucket);
    await client.send(new PutObjectCommand({ Bucket, Key, Body: written }));
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const read = await Body?.transformToString();
    if (read !== written)
      throw new AppError('unavailable', `The bucket ${Bucket} gives back other bytes than were written.`);
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
    return `The bucket ${Bucket} ${isNew ? 'was made and ' : ''}takes, gives back and removes objects.`;
  } catch (error) {
    throw explain(error, `the bucket ${Bucket} at ${endpoint ?? `Amazon S3 (${region})`}`);
  } finally {
    client.destroy();
  }
}

async function ensureBucket(client: S3Client, Bucket: string): Promise<boolean> {
  try {
    await client.send(new HeadBucketCommand({ Bucket }));
    return false;
  } catch (error) {
    if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 404) throw error;
    await client.send(new CreateBucketCommand({ Bucket }));
    return true;
  }
}

function explain(error: unknown, place: string): AppError {
  if (error instanceof AppError) return error;
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  const code = (error as { code?: unknown }).code;
  const why =
    status === 401 || status === 403
      ? `${place} refuses S3_ACCESS_KEY_ID or what it may do`
      : code === 'ECONNREFUSED' || code === 'ETIMEDOUT'
        ? `nothing answers for ${place}`
        : code === 'ENOTFOUND'
          ? `the host of S3_ENDPOINT is unknown (${place})`
          : `${place}: ${error instanceof Error ? `${error.name} ${error.message}`.trim() : String(error)}`;
  return new AppError('unavailable', `Objects cannot be kept: ${why}.`, { cause: error });
}
