import { randomUUID } from 'node:crypto';
import { createAccount } from '../support/accounts';
import { elderApi } from '../support/elder-api';
import { expect, test } from '../support/journey';
import { projectPage } from '../support/project-page';
import { auditedProject } from '../support/repositories';

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('an address of nothing answers 404 and shows the way back', async ({ page, api, t, complaints }) => {
      await using project = await auditedProject(api);
      const own = `/projects/${project.projectId}`;
      complaints.expect(/status of 404/);

      for (const address of [
        '/projects/nonsense',
        `/projects/${randomUUID()}`,
        `/projects/${randomUUID()}/findings`,
        '/audits/nonsense',
        `/audits/${randomUUID()}`,
        '/nowhere',
      ]) {
        const answer = await page.goto(address);
        expect(answer?.status(), address).toBe(404);
        await expect(page.getByRole('heading', { level: 1, name: t.errors.page.notFound })).toBeVisible();
        await expect(page.getByRole('link', { name: t.errors.page.toProjects })).toBeVisible();
      }
      for (const address of [
        `${own}/magics/nonsense`,
        `${own}/findings?finding=nonsense`,
        `${own}/findings?finding=${randomUUID()}`,
      ]) {
        const answer = await page.goto(address);
        expect(answer?.status(), address).toBe(404);
        await expect(page).toHaveTitle(t.common.title(t.errors.page.notFound));
        await page.getByRole('link', { name: t.errors.page.toProject }).click();
        await expect(projectPage(page, t).heading).toHaveText('Nursery');
      }
      const rule = await page.goto('/rules/integrity/no-such-rule');
      expect(rule?.status()).toBe(404);
      await page.getByRole('link', { name: t.errors.page.toRules }).click();
      await expect(page.getByRole('heading', { level: 1, name: t.rules.title })).toBeVisible();
    });
  });
}

test('an address that cannot be decoded is one of nothing, whoever asks', async ({ page, request }) => {
  for (const [asker, address] of [
    [page.request, '/projects/%ff'],
    [request, '/projects/%ff'],
    [request, '/shared/%'],
    [request, '/api/auth/%ff'],
  ] as const) {
    const answer = await asker.get(address);

    expect(answer.status(), address).toBe(404);
    expect(answer.headers()).toMatchObject({
      'content-security-policy': expect.stringContaining('default-src'),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
  }
});

test('a finding is shown in its own project alone', async ({ page, api, t, complaints }) => {
  await using first = await auditedProject(api);
  await using second = await auditedProject(api);
  const foreign = elderApi((await createAccount()).apiToken);
  await using third = await auditedProject(foreign);
  complaints.expect(/status of 404/);
  const findingOf = async (from: typeof api, projectId: string) =>
    (await from.get<{ items: { findingId: string }[] }>(`/projects/${projectId}/findings`)).items[0]?.findingId ?? '';

  const own = await page.goto(`/projects/${first.projectId}/findings?finding=${await findingOf(api, first.projectId)}`);
  const other = await page.goto(
    `/projects/${first.projectId}/findings?finding=${await findingOf(api, second.projectId)}`,
  );
  const hidden = await page.goto(
    `/projects/${first.projectId}/findings?finding=${await findingOf(foreign, third.projectId)}`,
  );

  expect([own, other, hidden].map((answer) => answer?.status())).toEqual([200, 404, 404]);
  await expect(page.getByRole('heading', { level: 1, name: t.errors.page.notFound })).toBeVisible();
});
