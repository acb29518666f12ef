/** Runs the first call of a key at once and at most one more per period, with the last one never lost. */
export function createThrottle(periodMs: number) {
  const timers = new Map<string, { timer: ReturnType<typeof setTimeout>; pending: (() => void) | null }>();

  const start = (key: string) => {
    const timer = setTimeout(() => {
      const pending = timers.get(key)?.pending;
      timers.delete(key);
      if (!pending) return;
      start(key);
      pending();
    }, periodMs);
    timers.set(key, { timer, pending: null });
  };

  return {
    run: (key: string, action: () => void) => {
      const entry = timers.get(key);
      if (entry) {
        entry.pending = action;
        return;
      }
      start(key);
      action();
    },
    cancel: () => {
      for (const { timer } of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
