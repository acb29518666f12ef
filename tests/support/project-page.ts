import { expect, type Locator, type Page } from '@playwright/test';
import { TIME_ZONE_COOKIE } from '@/lib/i18n/language';
import type { Messages } from '@/lib/i18n/messages';
import { MAGIC_IDS, type MagicId } from '@/lib/magics/types';

/** The page of one project as its reader sees it. */
export function projectPage(page: Page, t: Messages) {
  const { health, cards, running, audits, run } = t.project;
  const region = (name: string) => page.getByRole('region', { name, exact: true });
  return {
    heading: page.getByRole('heading', { level: 1 }),
    runButton: page.getByRole('button', { name: run.button, exact: true }),
    cancelButton: page.getByRole('button', { name: run.cancel }),
    stages: region(running.stages),
    health: region(health.title),
    audits: page.getByRole('table', { name: audits.title }),
    card: (magic: MagicId): Locator => page.getByRole('article', { name: t.common.magics[magic] }),
    cards: MAGIC_IDS,
    /** The count without what says that more is to come; a magic without evidence has no part in it. */
    allJudged: region(cards.title).getByText(
      new RegExp(`^${cards.judged(0, MAGIC_IDS.length).replace('0', '[1-8]')}$`),
    ),
    idle: page.getByText(t.common.live.idle, { exact: true }),
  };
}

/**
 * Opens an address and resolves when the page answers to keys and clicks. It listens for live updates from the same
 * moment, and the connection for them can be seen from outside.
 */
export async function visit(page: Page, address: string): Promise<void> {
  const alive = page.waitForEvent('websocket');
  await page.goto(address);
  await alive;
  await untilWhole(page);
}

/**
 * Resolves when nothing that the server sent late waits for its place, for until then it stands in the document twice, and
 * when all that can be used is alive: parts of a page come to life one after the other.
 */
async function untilWhole(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('div[hidden][id^="S:"]') === null &&
      [...document.querySelectorAll('main :is(button, input, [data-row])')].every((part) =>
        Object.keys(part).some((key) => key.startsWith('__reactProps$')),
      ),
  );
}

/** The same for pages outside: they note the reader's time zone, which differs from the server's, as soon as they can. */
export async function isAwake(page: Page): Promise<void> {
  await expect.poll(async () => (await page.context().cookies()).map(({ name }) => name)).toContain(TIME_ZONE_COOKIE);
}

/** Counts loads of the document from now on. */
export function countLoads(page: Page): () => number {
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  return () => loads;
}
