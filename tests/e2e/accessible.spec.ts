import { violationsOf } from '../support/a11y';
import { everyAddress, openPage, PUBLIC_ADDRESSES } from '../support/every-page';
import { expect, test } from '../support/journey';
import { auditedProject } from '../support/repositories';

for (const language of ['en', 'ja'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test.describe(`in ${language}, ${theme}`, () => {
      test.use({ language, colorScheme: theme, contextOptions: { reducedMotion: 'reduce' } });

      test('axe finds nothing on any page', async ({ page, api, openBrowser, complaints }) => {
        await using project = await auditedProject(api);
        complaints.expect(/nowhere.* 404|404.*nowhere/);
        const found: Record<string, string[]> = {};

        for (const address of everyAddress(project)) {
          await openPage(page, address);
          const violations = await violationsOf(page);
          if (violations.length > 0) found[address] = violations;
        }
        const visitor = await openBrowser();
        await visitor.page.emulateMedia({ colorScheme: theme });
        for (const address of PUBLIC_ADDRESSES) {
          await openPage(visitor.page, address);
          const violations = await violationsOf(visitor.page);
          if (violations.length > 0) found[address] = violations;
        }

        expect(found).toEqual({});
      });
    });
  }
}
