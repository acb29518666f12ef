import { AppError, type ErrorCode } from '@/lib/errors';

/** What can be wrong with a store; `details.problem` of its errors. */
export type ObjectProblem =
  | 'bucket_missing'
  | 'access_denied'
  | 'endpoint_unknown'
  | 'unreachable'
  | 'full'
  | 'missing'
  | 'damaged'
  | 'failed';

const CODES: Readonly<Record<ObjectProblem, ErrorCode>> = {
  bucket_missing: 'invalid_settings',
  access_denied: 'invalid_settings',
  endpoint_unknown: 'unavailable',
  unreachable: 'unavailable',
  full: 'disk_full',
  missing: 'not_found',
  damaged: 'unprocessable',
  failed: 'unavailable',
};

/** @param place the store or the object, as people call it */
export function objectError(problem: ObjectProblem, place: string, cause?: unknown): AppError {
  return new AppError(CODES[problem], sentenceOf(problem, place), { cause, details: { problem, place } });
}

function sentenceOf(problem: ObjectProblem, place: string): string {
  switch (problem) {
    case 'bucket_missing':
      return `There is no ${place}: make the bucket, or name another in S3_BUCKET.`;
    case 'access_denied':
      return `Access to ${place} is denied: check the keys, and that they may list, read, write and delete.`;
    case 'endpoint_unknown':
      return `The host of ${place} is unknown: check S3_ENDPOINT and S3_REGION.`;
    case 'unreachable':
      return `${place} does not answer: check S3_ENDPOINT and the network.`;
    case 'full':
      return `${place} is full: make room.`;
    case 'missing':
      return `${place} does not exist.`;
    case 'damaged':
      return `${place} is damaged: it is not what was written. Use another copy.`;
    case 'failed':
      return `${place} could not be used.`;
  }
}
