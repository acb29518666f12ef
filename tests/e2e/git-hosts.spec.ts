import type { Page } from '@playwright/test';
import type { Messages } from '@/lib/i18n/messages';
import { violationsOf } from '../support/a11y';
import { expect, test } from '../support/journey';
import { localRepository } from '../support/local-repository';
import { projectPage, visit } from '../support/project-page';
import { startFakeGitHub } from '../support/providers/fake-github';
import { smallApplication } from '../support/repositories';

const TOKEN = 'ghp_of_a_journey';

function rowOf(page: Page, text: string) {
  return page.getByRole('listitem').filter({ hasText: text });
}

async function connect(page: Page, t: Messages, { baseUrl, token }: { baseUrl: string; token: string }) {
  const dialog = page.getByRole('dialog');
  const { form } = t.hosts;
  await page.getByRole('button', { name: t.hosts.connect, exact: true }).click();
  await dialog.getByLabel(form.baseUrl).fill(baseUrl);
  await dialog.getByLabel(form.token).fill(token);
  await dialog.getByRole('button', { name: form.submit, exact: true }).click();
}

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('a token connects a host; a private repository is registered through it, and two more are imported', async ({
      page,
      member,
      t,
      complaints,
    }) => {
      complaints.expect(/status of 422 .*\/connections /);
      await using repository = await localRepository(smallApplication());
      await using github = await startFakeGitHub();
      const gitDir = repository.path;
      github.organisations.acme = ['octocat'];
      github.addToken(TOKEN);
      for (const name of ['shop', 'api', 'site']) github.addRepository(`acme/${name}`, { isPrivate: true, gitDir });
      const { importPage } = t.hosts;

      await visit(page, `/teams/${member.teamId}/hosts`);
      await connect(page, t, { baseUrl: github.url, token: 'ghp_wrong' });
      await expect(page.getByRole('alert')).toContainText(t.errors.codes.provider_unauthorized);
      await page.getByRole('dialog').getByLabel(t.hosts.form.token).fill(TOKEN);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await expect(rowOf(page, 'octocat')).toContainText(t.hosts.status.connected);
      expect(await violationsOf(page)).toEqual([]);

      await visit(page, `/projects/new?url=${encodeURIComponent(`${github.url}/acme/shop`)}`);
      await expect(page.getByRole('listitem').filter({ hasText: 'octocat' })).toBeVisible();
      await page.getByRole('button', { name: t.register.submit }).click();
      await expect(page).toHaveURL(/\/projects\/[\da-f-]{36}$/);
      await expect(projectPage(page, t).allJudged).toBeVisible({ timeout: 90_000 });

      await visit(page, `/teams/${member.teamId}/hosts`);
      await rowOf(page, 'octocat')
        .getByRole('link', { name: /octocat/ })
        .click();
      await page.getByLabel(importPage.owner).selectOption('acme');
      await expect(rowOf(page, 'acme/shop')).toContainText(importPage.registered);
      await page.getByLabel(importPage.all).check();
      expect(await violationsOf(page)).toEqual([]);
      await page.getByRole('button', { name: importPage.submit('2') }).click();
      for (const name of ['acme/api', 'acme/site']) {
        await expect(rowOf(page, name).getByRole('link', { name })).toBeVisible();
      }

      await visit(page, `/teams/${member.teamId}/hosts`);
      github.tokens.delete(TOKEN);
      await page
        .getByRole('button', { name: new RegExp(`^${t.hosts.check}|${t.hosts.check}$`) })
        .first()
        .click();
      await expect(rowOf(page, 'octocat')).toContainText(t.hosts.status.reconnect);
    });
  });
}

test('an App is made on GitHub by a form that is filled in, installed, and connected', async ({
  page,
  member,
  t,
  complaints,
}) => {
  // The host's own pages have none.
  complaints.expect(/status of 404 .*\/favicon\.ico /);
  await using github = await startFakeGitHub();
  github.organisations.acme = ['octocat'];

  await visit(page, `/teams/${member.teamId}/hosts`);
  await page.getByRole('link', { name: t.hosts.connectApp }).click();
  await page.getByLabel(t.hosts.form.baseUrl).fill(github.url);
  await page.getByRole('button', { name: t.hosts.app.next }).click();
  await page.getByRole('button', { name: t.hosts.app.go(new URL(github.url).host) }).click();
  await page.getByRole('link', { name: 'Create GitHub App' }).click();
  await page.getByRole('link', { name: 'Install' }).click();

  await expect(page).toHaveURL(/\/hosts\?app=installed$/);
  await expect(page.getByRole('status').filter({ hasText: t.hosts.app.installed })).toBeVisible();
  await expect(rowOf(page, 'acme').first()).toContainText(t.hosts.status.connected);
  await page.goto(`/teams/${member.teamId}/hosts/app/installed?installation_id=1&state=forged`);
  await expect(page).toHaveURL(/\/hosts\?app=gone$/);
});
