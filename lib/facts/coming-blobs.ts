/** Packed facts of blobs that are being read: whoever needs some before they are there waits for them. */
export interface ComingBlobs {
  expects(key: string): boolean;
  set(key: string, data: Uint8Array): void;
  /** Undefined when the reading ended without it; rejects when it failed. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** Follows the reading: nothing comes after it. Rejects as it does. */
  endWith(reading: Promise<void>): Promise<void>;
}

interface Waiting {
  key: string;
  resolve: (data: Uint8Array | undefined) => void;
  reject: (error: unknown) => void;
}

/** @param keys what is going to be read, see `blobKey`. */
export function createComingBlobs(keys: Iterable<string>): ComingBlobs {
  const expected = new Set(keys);
  const read = new Map<string, Uint8Array>();
  let waiting: Waiting[] = [];
  let end: { error?: unknown } | null = null;

  /** Tells those who wait for the key, or for any. */
  const settle = (key: string | null, tell: (one: Waiting) => void) => {
    const told = waiting.filter((one) => key === null || one.key === key);
    waiting = waiting.filter((one) => !told.includes(one));
    for (const one of told) tell(one);
  };

  return {
    expects: (key) => expected.has(key),
    set(key, data) {
      read.set(key, data);
      settle(key, ({ resolve }) => resolve(data));
    },
    get(key) {
      const data = read.get(key);
      if (data) return Promise.resolve(data);
      if (end) return 'error' in end ? Promise.reject(end.error) : Promise.resolve(undefined);
      return new Promise((resolve, reject) => waiting.push({ key, resolve, reject }));
    },
    async endWith(reading) {
      try {
        await reading;
        end = {};
        settle(null, ({ resolve }) => resolve(undefined));
      } catch (error) {
        end = { error };
        settle(null, ({ reject }) => reject(error));
        throw error;
      }
    },
  };
}
