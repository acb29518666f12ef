import type { AuditResults } from '@/lib/schemas/projects';
import { expect, test } from '../support/journey';
import { visit } from '../support/project-page';
import { auditedProject, smallApplication } from '../support/repositories';

const WEEK_MS = 7 * 86_400_000;

test('past weeks are judged from the project’s page, and fill the trend', async ({ page, api, t }) => {
  const commits = (smallApplication().commits ?? []).map((commit, at) => ({
    ...commit,
    at: new Date(Date.now() - (6 - 2 * at) * WEEK_MS).toISOString().replace(/\.\d+/, ''),
  }));
  await using project = await auditedProject(api, { ...smallApplication(), commits });
  const words = t.project.trend.past;
  const dialog = page.getByRole('dialog');
  await visit(page, `/projects/${project.projectId}`);

  await page.getByRole('button', { name: words.button }).click();
  await dialog.getByLabel(words.weeks).selectOption('4');
  await dialog.getByRole('button', { name: words.submit, exact: true }).click();

  await expect(page.getByText(words.queued('4'))).toBeVisible();
  await expect
    .poll(async () => (await api.get<AuditResults>(`/projects/${project.projectId}/audit-results`)).trendData.length, {
      timeout: 120_000,
    })
    .toBe(5);
});
