import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds on the page, a line for each element; by its rules of one category, else by all. */
export async function violationsOf(page: Page, category?: 'cat.color'): Promise<string[]> {
  // Colours are read as they will stay.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity),
  );
  const axe = new AxeBuilder({ page });
  if (category) axe.withTags(category);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${help}: ${target.join(' ')}: ${html.slice(0, 160)}`),
  );
}
