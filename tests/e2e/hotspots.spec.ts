import { expect, test } from '../support/journey';
import { visit } from '../support/project-page';
import { auditedProject } from '../support/repositories';

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('the map is zoomed by keys, and the address keeps where one is', async ({ page, api, t }) => {
      await using project = await auditedProject(api);
      await visit(page, `/projects/${project.projectId}/hotspots`);
      const map = page.getByRole('group', { name: t.hotspots.map, exact: true });
      const tile = map.getByRole('button', { name: /src\/payment\.ts/ });
      const crumbs = page.getByRole('navigation', { name: t.hotspots.crumbs });

      await tile.click();
      await expect(tile).toHaveAttribute('aria-pressed', 'true');
      await expect(page).toHaveURL(/file=src%2Fpayment\.ts/);
      await tile.press('Enter');
      await expect(crumbs).toContainText('src');
      await expect(page).toHaveURL(/in=src/);

      await page.reload();
      await expect(crumbs).toContainText('src');
      await tile.press('Escape');
      await expect(crumbs).toBeHidden();
      await page.goBack();
      await expect(crumbs).toContainText('src');
    });

    test('a component leads to its files, which a phone shows as a table', async ({ page, api, t }) => {
      await using project = await auditedProject(api);
      await page.setViewportSize({ width: 390, height: 844 });
      await visit(page, `/projects/${project.projectId}/components`);

      await page.getByRole('region', { name: t.components.title }).getByRole('link').first().click();
      await expect(page).toHaveURL(/\/hotspots/);
      await page.getByRole('button', { name: t.hotspots.table, exact: true }).click();

      const table = page.getByRole('region', { name: t.hotspots.table });
      await expect(table.getByRole('columnheader', { name: t.hotspots.columns.complexity })).toBeVisible();
      await expect(table.getByRole('link', { name: 'src/payment.ts' })).toBeVisible();
    });
  });
}
