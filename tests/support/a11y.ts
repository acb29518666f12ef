import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Rules whose answer may differ from theme to theme. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What axe finds on the page, a line for each element; by its rules about colours, else by all. */
export async function violationsOf(page: Page, only?: 'colours'): Promise<string[]> {
  // Colours are read as they will stay.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity),
  );
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  if (only === 'colours') axe.withRules(COLOUR_RULES);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${help}: ${target.join(' ')}: ${html.slice(0, 160)}`),
  );
}
