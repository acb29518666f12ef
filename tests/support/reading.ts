import { expect, type Page } from '@playwright/test';
import { violationsOf } from './a11y';

const NARROWEST = { width: 320, height: 800 };
const USUAL = { width: 1280, height: 800 };

/** The open page, as it is now, pleases axe in light and dark, and does not reach beyond the narrowest screen. */
export async function expectReadable(page: Page): Promise<void> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    faults.push(...(await violationsOf(page)).map((fault) => `${colorScheme}: ${fault}`));
  }
  expect(faults).toEqual([]);
  await page.setViewportSize(NARROWEST);
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { documentElement: root } = document;
    return { scrollWidth: root.scrollWidth, clientWidth: root.clientWidth };
  });
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
  await page.setViewportSize(USUAL);
}
