import type { Page } from '@playwright/test';
import { violationsOf } from '../support/a11y';
import { everyAddress, openPage, PUBLIC_ADDRESSES } from '../support/every-page';
import { expect, test } from '../support/journey';
import { auditedProject } from '../support/repositories';

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language, contextOptions: { reducedMotion: 'reduce' } });

    test('axe finds nothing on any page, light or dark', async ({ page, api, openBrowser, complaints }) => {
      await using project = await auditedProject(api);
      complaints.expect(/status of 404 .*\/nowhere /);
      const visitor = await openBrowser();

      const found: string[] = [];
      for (const address of everyAddress(project)) found.push(...(await faultsOf(page, address)));
      for (const address of PUBLIC_ADDRESSES) found.push(...(await faultsOf(visitor.page, address)));

      expect(found).toEqual([]);
    });
  });
}

/** The faults of a page whose reader follows the system. */
async function faultsOf(page: Page, address: string): Promise<string[]> {
  const found: string[] = [];
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await openPage(page, address);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    found.push(...(await violationsOf(page)).map((fault) => `${address} in ${colorScheme}: ${fault}`));
  }
  return found;
}
