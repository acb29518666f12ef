import type { Readable } from 'node:stream';

export interface ObjectInfo {
  key: string;
  /** Of the body, without what the store adds. */
  sizeBytes: number;
  modifiedAt: Date;
}

export interface PutOptions {
  signal?: AbortSignal;
}

/**
 * Bytes by name. Keys are as `isObjectKey` says. Every object ends with a line that tells the SHA-256 of what is before it, so
 * that a copy made by any tool is checked as well. Failures are `AppError`s with `details.problem`, see `object-problem.ts`.
 */
export interface ObjectStore extends Disposable {
  /** What people call it: a directory, or a bucket at an endpoint. */
  place: string;
  /** Writes all of `body`, or leaves what was there before. Gives its size. */
  put: (key: string, body: AsyncIterable<Uint8Array>, options?: PutOptions) => Promise<{ sizeBytes: number }>;
  /** Reads as it goes; the stream fails at its end when the check sum does not hold. Throws `not_found`. */
  get: (key: string) => Promise<Readable>;
  /** Null where there is none. */
  head: (key: string) => Promise<ObjectInfo | null>;
  /** Objects below a folder, in any order. @param prefix empty, or with a slash at its end */
  list: (prefix: string) => AsyncIterable<ObjectInfo>;
  /** Does nothing where there is none. */
  delete: (key: string) => Promise<void>;
}
