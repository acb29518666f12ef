import { expect, test } from '../support/journey';
import { registerProject, smallApplication } from '../support/repositories';

const STOPS = 40;

test('every stop of the keyboard on the projects page can be seen', async ({ page, api }) => {
  await using _ = await registerProject(api, smallApplication(), 'Fern');
  await page.goto('/projects');
  await expect(page.getByRole('row').getByRole('link', { name: 'Fern' })).toBeVisible();

  const unseen: string[] = [];
  let buttons = 0;
  for (let stop = 0; stop < STOPS; stop++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const rings = [element, element.parentElement].map((one) => (one ? getComputedStyle(one).outlineStyle : 'none'));
      const isField = element.matches('input:not([type=checkbox]), textarea');
      return { html: element.outerHTML.slice(0, 120), isSeen: isField || rings.some((style) => style !== 'none') };
    });
    if (!focused) break;
    if (focused.html.startsWith('<button')) buttons += 1;
    if (!focused.isSeen) unseen.push(focused.html);
  }

  expect(unseen).toEqual([]);
  expect(buttons).toBeGreaterThan(5);
});
