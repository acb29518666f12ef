import type { Listed, Page, PageOf } from '../provider';
import { gather } from './gather';

const MOST_PAGES = { open: 4, merged: 6 } as const;

interface RequestLists<Row> {
  /** Pages of those that are open, and of those that were merged, newest first. */
  open: (page: PageOf) => Promise<Page<Row>>;
  merged: (page: PageOf) => Promise<Page<Row>>;
  /** Whether one was merged within the time that is asked for. */
  isRecent: (row: Row) => boolean;
}

/** Open requests and those merged lately, each list by itself: neither hides that the other was not read. */
export async function gatherRequests<Row>({ open, merged, isRecent }: RequestLists<Row>): Promise<Listed<Row>> {
  const ended = await gather(merged, {
    mostPages: MOST_PAGES.merged,
    isLast: (rows) => rows.length > 0 && !rows.some(isRecent),
  });
  const waiting = await gather(open, { mostPages: MOST_PAGES.open });
  return { items: [...waiting.items, ...ended.items.filter(isRecent)], isCut: ended.isCut || waiting.isCut };
}
