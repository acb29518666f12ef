type Settle = (data: Promise<never> | Uint8Array | undefined) => void;

/** Packed facts of blobs that are being read: whoever needs some before they are there waits for them. */
export class ComingBlobs {
  readonly #expected: ReadonlySet<string>;
  readonly #read = new Map<string, Uint8Array>();
  readonly #waiting = new Map<string, Settle>();
  #hasEnded = false;

  constructor(keys: Iterable<string>) {
    this.#expected = new Set(keys);
  }

  expects(key: string): boolean {
    return this.#expected.has(key);
  }

  set(key: string, data: Uint8Array): void {
    this.#read.set(key, data);
    this.#settle(key, data);
  }

  /** Of one caller at a time; undefined when the reading ended without it. Rejects when the reading failed. */
  get(key: string): Promise<Uint8Array | undefined> {
    const data = this.#read.get(key);
    if (data || this.#hasEnded) return Promise.resolve(data);
    return new Promise((resolve) => this.#waiting.set(key, resolve));
  }

  /** Follows the reading: nothing comes after it. */
  async endWith(reading: Promise<void>): Promise<void> {
    try {
      await reading;
    } catch (error) {
      for (const key of this.#waiting.keys()) this.#settle(key, Promise.reject(error));
      throw error;
    } finally {
      this.#hasEnded = true;
      for (const key of this.#waiting.keys()) this.#settle(key, undefined);
    }
  }

  #settle(key: string, data: Parameters<Settle>[0]): void {
    this.#waiting.get(key)?.(data);
    this.#waiting.delete(key);
  }
}
