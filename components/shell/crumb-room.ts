/** So short that cutting them gains nothing. */
const SHORT = 8;
/** Names of pages; only that of a project or rule, as the page itself, is longer. */
const SHORT_PAGE = 24;

/** A long way between gives up its room; the page itself keeps its name, and a short one holds no more than it needs. */
export function crumbRoom(label: string, isCurrent: boolean) {
  // Even a fraction of a pixel less would end a name in dots, so these give nothing at all.
  if (label.length <= (isCurrent ? SHORT_PAGE : SHORT)) return { flexShrink: 0 };
  return isCurrent ? { flexShrink: 1, minWidth: 0 } : { flexShrink: 10_000, minWidth: 48 };
}
