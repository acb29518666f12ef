import type { Page } from '@playwright/test';

/** Holds the page's scripts back, as a slow line does: what the server drew is there, and nothing answers yet. */
export async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    await released;
    await route.continue();
  });
  return release;
}
