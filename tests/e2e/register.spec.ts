import path from 'node:path';
import type { ProjectOverview } from '@/lib/schemas/projects';
import { keepCardDiary } from '../support/card-diary';
import { serveGit } from '../support/git-remote';
import { expect, test } from '../support/journey';
import { localRepository } from '../support/local-repository';
import { countLoads, projectPage, visit } from '../support/project-page';
import { largeApplication, smallApplication } from '../support/repositories';

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('an address is checked, registered and audited while eight cards fill on screen', async ({
      page,
      member,
      api,
      t,
    }) => {
      await using repository = await localRepository(largeApplication(100));
      await using remote = await serveGit(path.dirname(repository.path));
      const { checks, outcome, submit } = t.register;
      const passed = (name: string) =>
        page
          .getByRole('listitem')
          .filter({ has: page.getByText(name, { exact: true }) })
          .getByRole('img', { name: outcome.passed, exact: true });
      const readDiary = await keepCardDiary(page, t);

      await visit(page, '/projects');
      await page.getByLabel(t.register.url).fill(repository.path);
      await page.getByRole('button', { name: t.register.check }).click();
      await expect(page.getByRole('heading', { level: 1, name: t.register.title })).toBeVisible();
      for (const name of Object.values(checks).slice(1)) await expect(passed(name)).toBeVisible();

      await visit(page, '/projects');
      await page.getByLabel(t.register.url).fill(`${remote.url}/${path.basename(repository.path)}`);
      await page.getByRole('button', { name: t.register.check }).click();
      await expect(passed(checks.branch)).toBeVisible();
      const release = remote.holdFetches();
      await page.getByRole('button', { name: submit }).click();

      const project = projectPage(page, t);
      await expect(page).toHaveURL(/\/projects\/[\da-f-]{36}$/);
      await expect(project.heading).toHaveText(/^elder-repository-/);
      await expect(project.stages).toBeVisible();
      release();
      const loads = countLoads(page);
      await expect(project.allJudged).toBeVisible({ timeout: 60_000 });
      await expect(project.stages).toBeHidden();
      await expect(project.idle).toBeVisible();

      const projectId = new URL(page.url()).pathname.split('/').at(-1);
      const overview = await api.get<ProjectOverview>(`/projects/${projectId}/overview`);
      const shown = (score: number | null | undefined) => String(Math.round(score ?? Number.NaN));
      expect(overview.teamId).toBe(member.teamId);
      expect(overview.current?.status).toBe('completed');
      await expect(
        project.health.getByText(shown(overview.current?.healthScore), { exact: true }).first(),
      ).toBeVisible();
      for (const { magic, score, status } of overview.magics) {
        const card = project.card(magic);
        await expect(card).toContainText(t.common.status[status]);
        if (score !== null) await expect(card.getByText(shown(score), { exact: true }).first()).toBeVisible();
      }
      const diary = await readDiary();
      for (const magic of project.cards) {
        const states = diary.filter((change) => change.magic === magic).map(({ isJudged }) => isJudged);
        expect(states, `states of ${magic}`).toEqual([false, true]);
      }
      expect(loads()).toBe(0);
    });
  });
}

test('a press before the checks are through registers when they pass, one without an address asks for it', async ({
  page,
  member,
  t,
}) => {
  expect(member.teamName).toMatch(/^Team/);
  await using repository = await localRepository(smallApplication());
  await visit(page, '/projects/new');
  const address = page.getByLabel(t.register.url);
  const button = page.getByRole('button', { name: t.register.submit });

  await button.click();
  await expect(page.getByRole('alert').filter({ hasText: t.register.urlMissing })).toBeVisible();
  await expect(address).toBeFocused();
  await address.fill(repository.path);
  await button.click();

  await expect(page).toHaveURL(/\/projects\/[\da-f-]{36}$/);
  await expect(projectPage(page, t).allJudged).toBeVisible({ timeout: 60_000 });
});

test('a repository that cannot be read is refused with its reason', async ({ page, member, t }) => {
  expect(member.teamName).toMatch(/^Team/);

  await page.goto('/projects/new?url=/nowhere/at/all');

  const line = page.getByRole('listitem').filter({ hasText: t.register.checks.reachable });
  await expect(line).toContainText(t.register.details.reachable_missing ?? '');
  await expect(page.getByRole('button', { name: t.register.checkAgain })).toBeVisible();
});
