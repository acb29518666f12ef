import type { Page } from '@playwright/test';

const WIDTHS = [320, 390, 900, 1440, 1920];

/** The widths at which the open page can be pushed sideways, each with the elements that stick out. */
export async function overflowOf(page: Page): Promise<string[]> {
  const usual = page.viewportSize();
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
    if (wide) found.push(`wider than ${width}: ${wide}`);
  }
  if (usual) await page.setViewportSize(usual);
  return found;
}
