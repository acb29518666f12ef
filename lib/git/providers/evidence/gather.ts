import type { Listed, Page, PageOf } from '../provider';

interface GatherLimits<Item> {
  mostPages: number;
  /** Whether nothing after this page is wanted. */
  isLast?: (items: readonly Item[]) => boolean;
}

/**
 * Pages of a list that is sorted newest first, until it ends or enough was read. A page after the first that the host does not
 * give cuts the list; the first one throws, because then nothing is known.
 */
export async function gather<Item>(
  readPage: (page: PageOf) => Promise<Page<Item>>,
  { mostPages, isLast = () => false }: GatherLimits<Item>,
): Promise<Listed<Item>> {
  const first = await readPage({});
  const items = [...first.items];
  let page = first;
  for (let read = 1; page.nextCursor !== null && !isLast(page.items); read++) {
    if (read >= mostPages) return { items, isCut: true };
    try {
      page = await readPage({ cursor: page.nextCursor });
    } catch {
      return { items, isCut: true };
    }
    items.push(...page.items);
  }
  return { items, isCut: false };
}
