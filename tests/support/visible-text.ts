import type { Page } from '@playwright/test';

/** Every text a reader sees or hears, but code, names of keys and what is marked as another language. */
export function visibleTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const language = document.documentElement.lang;
    const skipped = `script, style, noscript, code, pre, kbd, samp, [translate="no"], [lang]:not([lang="${language}"])`;
    const texts = new Set<string>([document.title]);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim();
      if (text && !node.parentElement?.closest(skipped)) texts.add(text);
    }
    for (const name of ['aria-label', 'aria-description', 'title', 'placeholder', 'alt']) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        const text = element.getAttribute(name)?.trim();
        if (text && !element.closest(skipped)) texts.add(text);
      }
    }
    return [...texts];
  });
}
