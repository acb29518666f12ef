const STORAGE_KEY = 'elder-palette-recent';
const KEPT = 12;

export function readRecent(): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function remember(id: string): void {
  try {
    const recent = [id, ...readRecent().filter((other) => other !== id)].slice(0, KEPT);
    localStorage.setItem(STORAGE_KEY, JSON.stringify(recent));
  } catch {
    // Storage is refused in some private windows: the order then stays the usual one.
  }
}

/** Last used first inside a group; what was never used keeps its order behind. */
export function byRecent<Entry extends { id: string }>(entries: readonly Entry[], recent: readonly string[]): Entry[] {
  const rank = (id: string) => {
    const at = recent.indexOf(id);
    return at < 0 ? recent.length : at;
  };
  return [...entries].sort((a, b) => rank(a.id) - rank(b.id));
}
