import type { Page } from '@playwright/test';
import type { Messages } from '@/lib/i18n/messages';
import type { MagicId } from '@/lib/magics/types';

export interface CardChange {
  magic: MagicId;
  /** Milliseconds since 1970 by the clock of the machine. */
  at: number;
  isJudged: boolean;
}

/** Writes down when each card of the project page changes between waiting, running and judged. */
export async function keepCardDiary(page: Page, t: Messages): Promise<() => Promise<CardChange[]>> {
  const names = Object.entries(t.common.magics).map(([magic, name]) => ({ magic, name }));
  const pending = [t.common.status.waiting, t.common.status.running];
  await page.addInitScript(startDiary, { names, pending });
  return () => page.evaluate(() => (globalThis as typeof globalThis & { cardDiary: CardChange[] }).cardDiary);
}

/** Runs in the page. */
function startDiary({ names, pending }: { names: { magic: string; name: string }[]; pending: string[] }): void {
  const diary: { magic: string; at: number; isJudged: boolean }[] = [];
  const last = new Map<string, boolean>();
  Object.assign(globalThis, { cardDiary: diary });
  const look = () => {
    for (const card of document.querySelectorAll('article')) {
      const title = card.querySelector('h3')?.textContent;
      const magic = names.find(({ name }) => name === title)?.magic;
      const isJudged = !pending.some((word) => card.textContent.includes(word));
      if (!magic || last.get(magic) === isJudged) continue;
      last.set(magic, isJudged);
      diary.push({ magic, at: performance.timeOrigin + performance.now(), isJudged });
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
}
