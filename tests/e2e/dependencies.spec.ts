import { readFile } from 'node:fs/promises';
import { expect, test } from '../support/journey';
import { visit } from '../support/project-page';
import { expectReadable } from '../support/reading';
import { applicationWithDependencies, auditedProject } from '../support/repositories';

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('packages are found by name and kind, and the address keeps what was asked', async ({ page, api, t }) => {
      await using project = await auditedProject(api, applicationWithDependencies());
      await visit(page, `/projects/${project.projectId}`);
      await page.getByRole('link', { name: t.project.tabs.dependencies, exact: true }).click();
      const table = page.getByRole('region', { name: t.dependencies.list }).getByRole('table');
      const rows = table.getByRole('row');

      await expect(rows).toHaveCount(5);
      await expect(rows.nth(1)).toContainText('lodash');
      await expect(rows.nth(1).getByRole('link', { name: 'GHSA-35jh-r3h4-6jhm' })).toBeVisible();
      await expect(rows.nth(1)).toContainText(t.dependencies.upgrade('4.17.21'));
      await expectReadable(page);

      await page.keyboard.press('/');
      await page.keyboard.type('vitest');
      await expect(rows).toHaveCount(3);
      await page.getByRole('button', { name: t.dependencies.kind, exact: true }).press('Enter');
      await page.getByRole('menuitemradio', { name: t.dependencies.kinds.direct, exact: true }).press('Enter');
      await expect(rows).toHaveCount(2);
      await expect(page).toHaveURL(/search=vitest&kind=direct/);

      await page.reload();
      await expect(rows).toHaveCount(2);
      await expect(rows.nth(1)).toContainText(t.dependencies.development);
      await page.getByRole('searchbox', { name: t.dependencies.filter }).fill('nothing-of-that-name');
      await page.getByRole('button', { name: t.dependencies.clear }).click();
      await expect(rows).toHaveCount(5);
    });

    test('what states no version is told, and the bill of materials is a file', async ({ page, api, t }) => {
      await using project = await auditedProject(api, applicationWithDependencies());
      await visit(page, `/projects/${project.projectId}/dependencies`);
      const sources = page.getByRole('region', { name: t.dependencies.sources });

      await expect(sources.getByRole('listitem').first()).toContainText('tools/Gemfile');
      await expect(sources.getByRole('listitem').first()).toContainText(t.dependencies.unlocked(1, '1'));
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: t.dependencies.sbom }).click(),
      ]);

      const bill = JSON.parse(await readFile(await download.path(), 'utf8'));
      expect(download.suggestedFilename()).toBe('audit-1.cdx.json');
      expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
      expect(bill.components.map(({ purl }: { purl: string }) => purl)).toContain('pkg:npm/lodash@4.17.20');
      expect(bill.metadata.component.version).toBe(project.head);
    });

    test('without any manifest the page says what is missing', async ({ page, api, t }) => {
      await using project = await auditedProject(api, { files: { 'src/a.ts': 'export const a = 1;\n' } });

      await visit(page, `/projects/${project.projectId}/dependencies`);

      await expect(page.getByText(t.dependencies.nothing)).toBeVisible();
      await expect(page.getByText(t.dependencies.nothingHelp)).toBeVisible();
      await expectReadable(page);
    });

    test('rules that were not evaluated are listed with the reason and what to do', async ({ page, api, t }) => {
      await using project = await auditedProject(api);
      await visit(page, `/projects/${project.projectId}`);
      await page.getByRole('link', { name: new RegExp(t.notEvaluated.link(7).replace('7', '\\d+')) }).click();
      const setup = page.getByRole('region', { name: t.notEvaluated.groups.setup.title });

      await expect(setup).toContainText(t.notEvaluated.actions['no-provider'] ?? '');
      await expectReadable(page);
      await page.getByRole('button', { name: t.notEvaluated.byMagic, exact: true }).click();
      await page.getByRole('menuitemradio', { name: t.common.magics.flow }).click();

      await expect(page).toHaveURL(/magic=flow/);
      await setup.getByRole('link').first().click();
      await expect(page).toHaveURL(/\/rules\/flow\//);
    });
  });
}
