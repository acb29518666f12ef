/** A version made comparable: numbers are compared as numbers, texts by code unit, lists in turn. */
export type Key = number | string | readonly Key[];

export function compareKeys(a: Key, b: Key): number {
  if (typeof a === 'number' && typeof b === 'number') return Math.sign(a - b);
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
      const order = compareKeys(a[at] ?? 0, b[at] ?? 0);
      if (order !== 0) return order;
    }
    return Math.sign(a.length - b.length);
  }
  return rank(a) - rank(b);
}

const rank = (key: Key) => (typeof key === 'number' ? 0 : typeof key === 'string' ? 1 : 2);

/** Numbers without the zeros at their end, which say nothing. */
export function trimmed(numbers: readonly number[]): number[] {
  let end = numbers.length;
  while (end > 0 && numbers[end - 1] === 0) end -= 1;
  return numbers.slice(0, end);
}
