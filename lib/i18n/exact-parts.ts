/** Rounds parts so that the shown ones add up to the shown total: the largest remainders are rounded up. */
export function exactParts(parts: readonly number[], total: number, digits = 1): number[] {
  const unit = 10 ** digits;
  const floors = parts.map((part) => Math.floor(part * unit));
  let missing = Math.round(total * unit) - floors.reduce((sum, part) => sum + part, 0);
  const byRemainder = parts
    .map((part, index) => ({ index, remainder: part * unit - Math.floor(part * unit) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (missing <= 0) break;
    floors[index] = (floors[index] ?? 0) + 1;
    missing -= 1;
  }
  return floors.map((part) => part / unit);
}
