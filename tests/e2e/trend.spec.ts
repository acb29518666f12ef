import { auditEnd } from '../support/audits';
import { expect, test } from '../support/journey';
import { productDb } from '../support/product-data';
import { visit } from '../support/project-page';
import { auditedProject, runAudit } from '../support/repositories';

const YEAR_AGO_MS = 200 * 24 * 3600_000;

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('the trend begins with one audit and takes up to four magics, as a chart or as a table', async ({
      page,
      api,
      t,
    }) => {
      const words = t.project.trend;
      await using project = await auditedProject(api);
      const trend = page.getByRole('region', { name: words.title, exact: true });
      await visit(page, `/projects/${project.projectId}`);
      await expect(trend.getByText(words.one)).toBeVisible();

      await auditEnd(await runAudit(api, project.projectId));
      await expect(trend.getByText(words.one)).toBeHidden();
      const chosen = ['integrity', 'tdd', 'flow', 'strict'] as const;
      await trend.getByRole('button', { name: words.magics }).click();
      for (const magic of chosen) {
        await page.getByRole('menuitemcheckbox', { name: t.common.magics[magic] }).click();
      }
      await expect(page.getByRole('menuitemcheckbox', { name: t.common.magics.git })).toBeDisabled();
      await expect(page.getByText(words.mostMagics(4))).toBeVisible();
      await page.getByRole('menuitemcheckbox', { name: t.common.magics.flow }).click();
      await page.keyboard.press('Escape');
      await expect(page).toHaveURL(/lines=integrity%2Ctdd%2Cstrict/);
      const chart = trend.getByRole('img', { name: new RegExp(t.common.magics.strict) });
      for (const name of [words.health, t.common.magics.integrity, t.common.magics.tdd, t.common.magics.strict]) {
        await expect(chart.locator('svg').getByText(name, { exact: true })).toBeVisible();
      }

      await page.reload();
      await trend.getByRole('button', { name: words.table }).click();
      const head = trend.getByRole('columnheader');
      await expect(head).toHaveText([
        words.columns.audit,
        words.columns.when,
        words.columns.health,
        t.common.magics.integrity,
        t.common.magics.tdd,
        t.common.magics.strict,
        words.columns.note,
      ]);
      await expect(trend.getByRole('row')).toHaveCount(3);
    });

    test('a period without an audit says so and offers a longer one', async ({ page, api, t }) => {
      const words = t.project.trend;
      await using project = await auditedProject(api);
      await productDb().audit.updateMany({
        where: { projectId: project.projectId },
        data: { endedAt: new Date(Date.now() - YEAR_AGO_MS) },
      });
      const trend = page.getByRole('region', { name: words.title, exact: true });
      await visit(page, `/projects/${project.projectId}`);

      await expect(trend.getByText(words.none)).toBeVisible();
      await trend.getByRole('button', { name: words.longer }).click();

      await expect(trend.getByText(words.one)).toBeVisible();
      await expect(page).toHaveURL(/range=1y/);
    });
  });
}
