import type { ProjectOverview } from '@/lib/schemas/projects';
import { violationsOf } from '../support/a11y';
import { auditEnd } from '../support/audits';
import { expect, test } from '../support/journey';
import { visit } from '../support/project-page';
import { registerProject, smallApplication } from '../support/repositories';

const GO = { files: { 'go.mod': 'module example.com/moss\n', 'main.go': 'package main\n\nfunc main() {}\n' } };

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language, contextOptions: { reducedMotion: 'reduce' } });

    test('several projects are chosen and audited at once', async ({ page, api, t }) => {
      await using fern = await registerProject(api, smallApplication(), 'Fern');
      await using ivy = await registerProject(api, smallApplication(), 'Ivy');
      await using moss = await registerProject(api, smallApplication(), 'Moss');
      for (const { auditId } of [fern, ivy, moss]) await auditEnd(auditId);
      const { bulk, select } = t.projects;

      await visit(page, '/projects?sort=name');
      await page.getByRole('checkbox', { name: select('Fern') }).check();
      await page.getByRole('checkbox', { name: select('Moss') }).check();
      const bar = page.getByRole('toolbar', { name: bulk.label });
      await expect(bar).toContainText(bulk.selected('2'));
      expect(await violationsOf(page)).toEqual([]);
      await bar.getByRole('button', { name: t.projects.run }).click();

      await expect(page.getByText(bulk.queued(2))).toBeVisible();
      await expect(bar).toBeHidden();
      const counts = await Promise.all(
        [fern, ivy, moss].map(async ({ projectId }) => {
          const { auditCount } = await api.get<ProjectOverview>(`/projects/${projectId}/overview`);
          return auditCount;
        }),
      );
      expect(counts).toEqual([2, 1, 2]);
    });

    test('projects of one language are shown alone and columns stay as they were chosen', async ({ page, api, t }) => {
      await using fern = await registerProject(api, smallApplication(), 'Fern');
      await using moss = await registerProject(api, GO, 'Moss');
      for (const { auditId } of [fern, moss]) await auditEnd(auditId);
      const row = (name: string) => page.getByRole('row').getByRole('link', { name });
      const gate = page.getByRole('columnheader', { name: t.projects.columns.gate, exact: true });

      await visit(page, '/projects');
      await page.getByRole('button', { name: t.projects.stack, exact: true }).click();
      await page.getByRole('menuitemradio', { name: 'Go', exact: true }).click();
      await expect(row('Fern')).toBeHidden();
      await expect(row('Moss')).toBeVisible();
      await expect(page).toHaveURL(/stack=go/);
      await expect(gate).toBeVisible();
      await page.getByRole('button', { name: t.projects.columnsChoice, exact: true }).click();
      await page.getByRole('menuitemcheckbox', { name: t.projects.columns.gate, exact: true }).click();
      await page.keyboard.press('Escape');
      await expect(gate).toBeHidden();

      await page.reload();
      await expect(row('Moss')).toBeVisible();
      await expect(row('Fern')).toBeHidden();
      await expect(gate).toBeHidden();
    });
  });
}
