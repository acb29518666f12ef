import type { ProjectOverview } from '@/lib/schemas/projects';
import { pushSketch } from '../support/git-remote';
import { expect, test } from '../support/journey';
import { projectPage, visit } from '../support/project-page';
import { auditedProject, largeApplication, readAudit } from '../support/repositories';

test('a running audit is cancelled and the result before it stays', async ({ page, api, t }) => {
  await using project = await auditedProject(api);
  const before = await api.get<ProjectOverview>(`/projects/${project.projectId}/overview`);
  await pushSketch(project.path, largeApplication(3000));
  const view = projectPage(page, t);
  const health = String(Math.round(before.current?.healthScore ?? Number.NaN));

  await visit(page, `/projects/${project.projectId}`);
  await view.runButton.click();
  await expect(view.stages).toBeVisible();
  await view.cancelButton.click();

  await expect(page.getByText(t.project.run.cancelled(2, 1))).toBeVisible();
  await expect(view.stages).toBeHidden();
  await expect(view.cancelButton).toBeHidden();
  const row = view.audits.getByRole('row').filter({ has: page.getByRole('link', { name: '#2' }) });
  await expect(row).toContainText(t.common.auditStatus.cancelled);
  await expect(view.health.getByText(health, { exact: true }).first()).toBeVisible();
  const after = await api.get<ProjectOverview>(`/projects/${project.projectId}/overview`);
  expect(after.current).toEqual(before.current);
  expect(after.magics).toEqual(before.magics);
  const cancelled = await readAudit(api, after.recentAudits[0]?.auditId ?? '');
  expect(cancelled).toMatchObject({ number: 2, status: 'cancelled', resultHash: null });
});
