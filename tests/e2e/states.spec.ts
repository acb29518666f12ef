import { rm } from 'node:fs/promises';
import type { ProjectOverview } from '@/lib/schemas/projects';
import type { MeView } from '@/lib/schemas/users';
import { signIn } from '../support/accounts';
import { auditEnd } from '../support/audits';
import { elderApi } from '../support/elder-api';
import { expect, test } from '../support/journey';
import { productDb } from '../support/product-data';
import { projectPage, visit } from '../support/project-page';
import { auditedProject, largeApplication, registerProject, runAudit } from '../support/repositories';
import { startProduct } from '../support/start-product';

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('a failed audit says why, keeps the result before it and can be run again', async ({ page, api, t }) => {
      await using project = await auditedProject(api);
      await rm(project.path, { recursive: true });
      const failed = await runAudit(api, project.projectId);
      expect((await auditEnd(failed)).status).toBe('failed');
      const view = projectPage(page, t);

      await visit(page, `/projects/${project.projectId}`);
      const note = page.getByRole('note').filter({ hasText: t.project.failed(2) });
      await expect(note).toContainText(t.project.failedKeeps);
      await expect(note.getByRole('button', { name: t.project.partial.again })).toBeVisible();
      await expect(view.allJudged).toBeVisible();
      await note.getByRole('link', { name: t.project.running.timeline }).click();

      await expect(page.getByRole('heading', { level: 1, name: t.audit.title(2) })).toBeVisible();
      await expect(page.getByRole('note').filter({ hasText: t.audit.failed })).toBeVisible();
      await visit(page, '/projects');
      await expect(page.getByRole('row', { name: /Nursery/ })).toContainText(t.common.auditStatus.failed);
    });

    test('an archived repository is told on the list and on the page of its project', async ({ page, api, t }) => {
      await using project = await auditedProject(api);
      await productDb().project.update({ where: { id: project.projectId }, data: { isArchived: true } });

      await visit(page, `/projects/${project.projectId}`);
      await expect(page.getByRole('note').filter({ hasText: t.project.archived.title })).toBeVisible();
      await visit(page, '/projects');
      await expect(page.getByRole('row', { name: /Nursery/ })).toContainText(t.projects.archived);
    });

    test('a magic that broke is named, has no score and can be run alone', async ({ page, api, t }) => {
      await using project = await auditedProject(api);
      const { auditId } = project;
      await productDb().auditMagic.update({
        where: { auditId_magic: { auditId, magic: 'servant' } },
        data: { status: 'error', score: null, coverage: null, errorCode: 'internal' },
      });
      await productDb().audit.update({ where: { id: auditId }, data: { status: 'partial', healthCoverage: 0.9 } });
      const { servant } = t.common.magics;
      const { current } = await api.get<ProjectOverview>(`/projects/${project.projectId}/overview`);
      const judged = current?.magicsJudged ?? 0;

      await visit(page, `/projects/${project.projectId}`);
      const note = page.getByRole('note').filter({ hasText: servant });
      await expect(note).toContainText(t.project.partial.covers(judged, language === 'ja' ? '90%' : '90 %'));
      const card = projectPage(page, t).card('servant');
      await expect(card).toContainText(t.common.noScore);
      await expect(card).toContainText(t.common.status.error);
      await page.goto(`/projects/${project.projectId}/findings`);
      await expect(page.getByRole('note').filter({ hasText: servant })).toBeVisible();
      await visit(page, '/projects');
      await expect(page.getByRole('row', { name: /Nursery/ })).toContainText(t.common.coverageOf(judged, 8));

      await visit(page, `/projects/${project.projectId}`);
      await card.getByRole('button', { name: t.project.cards.rerun }).click();
      await expect(card).not.toContainText(t.common.noScore, { timeout: 60_000 });
    });

    test('a filter that hides everything can be cleared', async ({ page, api, t }) => {
      await using project = await auditedProject(api);

      await visit(page, `/projects/${project.projectId}/findings?search=nothing-is-called-so`);
      await expect(page.getByText(t.findings.empty.filtered)).toBeVisible();
      await page
        .getByRole('region', { name: t.findings.list })
        .getByRole('button', { name: t.findings.filter.clear })
        .click();
      await expect(page.getByRole('region', { name: t.findings.list }).getByRole('link').first()).toBeVisible();

      await visit(page, '/projects?search=nothing-is-called-so');
      await expect(page.getByText(t.projects.noMatch)).toBeVisible();
      await page.getByRole('button', { name: t.projects.clear }).click();
      await expect(page.getByRole('row', { name: /Nursery/ })).toBeVisible();
    });
  });
}

test('the time line has a lane for each worker and names what needed several tries', async ({ page, api, t }) => {
  await using project = await auditedProject(api);
  const { auditId } = project;
  await productDb().auditJob.updateMany({ where: { auditId }, data: { worker: 'north' } });
  await productDb().auditJob.updateMany({ where: { auditId, kind: 'judge' }, data: { worker: 'south' } });
  await productDb().auditJob.updateMany({ where: { auditId, key: 'git' }, data: { tries: 3 } });
  const jobs = await productDb().auditJob.count({ where: { auditId } });

  await visit(page, `/audits/${auditId}`);

  const timeline = page.getByRole('region', { name: t.audit.timeline.title });
  await expect(timeline).toContainText(t.audit.timeline.meta(2, jobs));
  for (const worker of ['north', 'south']) await expect(timeline.getByText(worker, { exact: true })).toBeVisible();
  const retried = page.getByRole('row').filter({ has: page.getByRole('img', { name: t.audit.jobs.retried('3') }) });
  await expect(retried).toHaveCount(1);
  await expect(retried).toContainText(t.common.magics.git);
});

test('an audit that nobody works on says so until a worker is back', async ({ page, context, t }) => {
  const token = 'elder_own_initial_token_0123456789';
  await using product = await startProduct({
    env: {
      ELDER_INIT_EMAIL: 'ada@example.com',
      ELDER_INIT_PASSWORD: 'a password of nobody else',
      ELDER_INIT_API_TOKEN: token,
    },
  });
  const api = elderApi(token, product.url);
  const { userId } = await api.get<MeView>('/me');
  await signIn(context, { userId, ...product });
  await using project = await registerProject(api, largeApplication(1500));
  const view = projectPage(page, t);

  product.pauseWorker();
  await visit(page, `${product.url}/projects/${project.projectId}`);
  await expect(view.stages).toContainText(t.project.running.noWorker, { timeout: 60_000 });
  await visit(page, `${product.url}/projects`);
  await expect(page.getByRole('row', { name: /Nursery/ })).toContainText(t.projects.noWorker);
  await visit(page, `${product.url}/projects/${project.projectId}`);
  product.resumeWorker();

  await expect(view.stages).not.toContainText(t.project.running.noWorker, { timeout: 60_000 });
  await expect(view.allJudged).toBeVisible({ timeout: 90_000 });

  // It would go on calling a product that stops.
  await page.close();
});
