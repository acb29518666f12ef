import type { Page } from '@playwright/test';
import { violationsOf } from '../support/a11y';
import { signIn } from '../support/accounts';
import { everyAddress, openPage, PUBLIC_ADDRESSES } from '../support/every-page';
import { expect, test } from '../support/journey';

/** Each part is a test of its own: axe reads a page of many rows for many seconds. */
const PARTS = [0, 1, 2, 3, 4, 5];
const TIMEOUT_MS = 300_000;

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language, contextOptions: { reducedMotion: 'reduce' } });

    for (const part of PARTS) {
      test(`axe finds nothing on any page, light or dark, part ${part + 1}`, async ({
        page,
        context,
        exhibit: { reader, project },
        openBrowser,
        complaints,
      }) => {
        test.setTimeout(TIMEOUT_MS);
        await signIn(context, reader);
        const addresses = everyAddress(project).filter((_, at) => at % PARTS.length === part);
        if (addresses.includes('/nowhere')) complaints.expect(/status of 404 .*\/nowhere /);

        const found: string[] = [];
        for (const address of addresses) found.push(...(await faultsOf(page, address)));
        if (part === 0) {
          const visitor = await openBrowser();
          for (const address of PUBLIC_ADDRESSES) found.push(...(await faultsOf(visitor.page, address)));
        }

        expect(found).toEqual([]);
      });
    }
  });
}

/** The faults of a page whose reader follows the system: the dark theme differs from the light one by its colours. */
async function faultsOf(page: Page, address: string): Promise<string[]> {
  const found: string[] = [];
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await openPage(page, address);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    const faults = await violationsOf(page, colorScheme === 'dark' ? 'colours' : undefined);
    found.push(...faults.map((fault) => `${address} in ${colorScheme}: ${fault}`));
  }
  return found;
}
