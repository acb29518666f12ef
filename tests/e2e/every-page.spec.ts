import type { Page } from '@playwright/test';
import type { Language } from '@/lib/magics/types';
import { violationsOf } from '../support/a11y';
import { signIn } from '../support/accounts';
import { englishAmong } from '../support/english-texts';
import { everyAddress, openPage, PUBLIC_ADDRESSES } from '../support/every-page';
import { expect, test } from '../support/journey';
import { overflowOf } from '../support/overflow';
import { visibleTexts } from '../support/visible-text';

/** Each part is a test of its own, so that two run side by side. */
const PARTS = [0, 1, 2, 3];
const TIMEOUT_MS = 300_000;

/** Written for programmers, in English. */
const ENGLISH_ADDRESSES = ['/docs/api'];

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language, contextOptions: { reducedMotion: 'reduce' } });

    for (const part of PARTS) {
      test(`each page pleases axe, fits every width and speaks the language, part ${part + 1}`, async ({
        page,
        context,
        exhibit: { reader, project },
        openBrowser,
        complaints,
      }) => {
        test.setTimeout(TIMEOUT_MS);
        await signIn(context, reader);
        const visitor = await openBrowser();
        complaints.expect(/status of 404 .*\/nowhere /);
        const isOfPart = (_: string, at: number) => at % PARTS.length === part;

        const found: string[] = [];
        for (const address of everyAddress(project).filter(isOfPart)) {
          found.push(...(await faultsOf(page, address, language)));
        }
        for (const address of PUBLIC_ADDRESSES.filter(isOfPart)) {
          found.push(...(await faultsOf(visitor.page, address, language)));
        }

        expect(found).toEqual([]);
      });
    }
  });
}

/** The faults of a page whose reader follows the system: the dark theme differs from the light one by its colours. */
async function faultsOf(page: Page, address: string, language: Language): Promise<string[]> {
  await chooseColours(page, 'light');
  await openPage(page, address);
  await expectTheme(page, 'light');
  const faults = await violationsOf(page, language === 'en' ? 'all' : 'all but colours');
  if (language === 'en') {
    await chooseColours(page, 'dark');
    await expectTheme(page, 'dark');
    faults.push(...(await violationsOf(page, 'colours')).map((fault) => `in dark: ${fault}`));
  } else if (!ENGLISH_ADDRESSES.includes(address)) {
    faults.push(...englishAmong(await visibleTexts(page)).map((text) => `in English: ${text}`));
  }
  faults.push(...(await overflowOf(page)));
  return faults.map((fault) => `${address} ${fault}`);
}

function chooseColours(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  return page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
}

async function expectTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
}
