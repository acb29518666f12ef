export interface AddressAhead {
  /** What was put into the address bar last and is not drawn yet; null when the address bar is right. */
  latest(): string | null;
  put(address: string): void;
  /** The page is drawn from this address. Told again of the same one, nothing changes. */
  draw(address: string): void;
  /** Somebody went elsewhere, as by the back button: that counts, whatever was put before. */
  clear(): void;
}

/**
 * Keeps what was asked for last while a page is slow to draw it. Next.js writes each address that it draws into the address
 * bar, so an earlier one may stand there again for a while.
 */
export function createAddressAhead(): AddressAhead {
  let waiting: string[] = [];
  let drawn: string | null = null;
  return {
    latest: () => waiting.at(-1) ?? null,
    put: (address) => {
      waiting.push(address);
    },
    draw: (address) => {
      if (address === drawn) return;
      drawn = address;
      // What was put before it is drawn no more; one that nobody put leaves nothing to wait for.
      waiting = waiting.includes(address) ? waiting.slice(waiting.lastIndexOf(address) + 1) : [];
    },
    clear: () => {
      waiting = [];
    },
  };
}
