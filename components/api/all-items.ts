interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** Far more than any list that is chosen from: a server that always knows another cursor is left. */
const MOST_PAGES = 200;

/** Items of all pages of a list, for those that are shown whole. */
export async function allItems<Item>(load: (cursor: string | null) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page: Page<Item> = await load(cursor);
    items.push(...page.items);
    if (page.nextCursor === null || page.nextCursor === cursor) break;
    cursor = page.nextCursor;
  }
  return items;
}
