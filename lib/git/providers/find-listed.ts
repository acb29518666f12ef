import type { Page, PageOf } from './provider';

/** Nobody has more webhooks than these pages hold; a list that never ends is not read to its end. */
const MOST_PAGES = 10;

/** The first wanted item of a list that is read page by page; null when none is. */
export async function findListed<Item>(
  readPage: (page: PageOf) => Promise<Page<Item>>,
  isWanted: (item: Item) => boolean,
): Promise<Item | null> {
  let page: PageOf = {};
  for (let read = 0; read < MOST_PAGES; read++) {
    const { items, nextCursor } = await readPage(page);
    const found = items.find(isWanted);
    if (found) return found;
    if (nextCursor === null) return null;
    page = { cursor: nextCursor };
  }
  return null;
}
