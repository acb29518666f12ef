import type { Page } from '@playwright/test';
import { signIn } from '../support/accounts';
import { everyAddress, openPage, PUBLIC_ADDRESSES } from '../support/every-page';
import { expect, test } from '../support/journey';

const WIDTHS = [320, 390, 900, 1440, 1920];

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('no page is wider than the screen', async ({
      page,
      context,
      exhibit: { reader, project },
      openBrowser,
      complaints,
    }) => {
      // Each page at five widths.
      test.setTimeout(400_000);
      await signIn(context, reader);
      complaints.expect(/status of 404 .*\/nowhere /);
      const visitor = await openBrowser();

      const tooWide: string[] = [];
      for (const address of everyAddress(project)) tooWide.push(...(await overflowOf(page, address)));
      for (const address of PUBLIC_ADDRESSES) tooWide.push(...(await overflowOf(visitor.page, address)));

      expect(tooWide).toEqual([]);
    });
  });
}

/** The widths at which a page can be pushed sideways, each with the elements that stick out. */
async function overflowOf(page: Page, address: string): Promise<string[]> {
  await openPage(page, address);
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return null;
      const outside = [...document.querySelectorAll('body *')].filter(
        (element) => element.getBoundingClientRect().right > clientWidth + 0.5,
      );
      return `${scrollWidth}: ${outside
        .slice(-3)
        .map((element) => element.outerHTML.slice(0, 120))
        .join(' | ')}`;
    });
    if (wide) found.push(`${address} at ${width} is ${wide}`);
  }
  return found;
}
