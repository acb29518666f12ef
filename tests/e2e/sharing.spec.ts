import type { AuditComparison } from '@/lib/schemas/comparisons';
import { violationsOf } from '../support/a11y';
import { auditEnd } from '../support/audits';
import { openPage } from '../support/every-page';
import { expect, test } from '../support/journey';
import { isAwake, visit } from '../support/project-page';
import { auditedProject, runAudit } from '../support/repositories';

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('two audits are chosen in the list and compared', async ({ page, api, t }) => {
      const words = t.compare;
      await using project = await auditedProject(api);
      const second = await runAudit(api, project.projectId);
      await auditEnd(second);
      const told = await api.get<AuditComparison>(`/audits/${project.auditId}/compare/${second}?change=same`);
      await visit(page, `/projects/${project.projectId}/audits`);
      for (const number of [1, 2]) await page.getByRole('checkbox', { name: words.choose(number) }).check();
      await page.getByRole('link', { name: words.two(1, 2) }).click();

      await expect(page.getByRole('heading', { level: 1, name: words.title })).toBeVisible();
      const findings = page.getByRole('region', { name: words.findings.title, exact: true });
      await expect(findings.getByText(words.findings.none)).toBeVisible();
      await expect(page.getByRole('region', { name: words.policy.title, exact: true })).toContainText(
        words.policy.none,
      );
      expect(await violationsOf(page)).toEqual([]);

      await findings.getByRole('button', { name: words.findings.filter }).click();
      await page.getByRole('menuitemcheckbox', { name: words.findings.states.same }).click();
      await page.keyboard.press('Escape');
      await expect(page).toHaveURL(/change=same/);
      expect(told.total).toBeGreaterThan(0);
      await expect(findings.getByRole('list').getByRole('listitem')).toHaveCount(told.total);
      await page.getByRole('button', { name: words.swap }).click();
      await expect(page).toHaveURL(new RegExp(`from=${second}`));

      await visit(page, `/audits/${second}`);
      await expect(page.getByRole('link', { name: words.with })).toHaveAttribute('href', /compare\?to=/);
    });

    test('the report of an audit is shared by a link, read by a visitor and taken back', async ({
      page,
      api,
      openBrowser,
      t,
    }) => {
      const words = t.share.links;
      await using project = await auditedProject(api);
      await visit(page, `/audits/${project.auditId}`);
      const dialog = page.getByRole('dialog');

      await page.getByRole('button', { name: words.button, exact: true }).click();
      await expect(dialog.getByText(words.none)).toBeVisible();
      expect(await violationsOf(page)).toEqual([]);
      await dialog.getByRole('button', { name: words.submit }).click();
      const link = await dialog.locator('code').textContent();
      await dialog.getByRole('button', { name: t.access.done }).click();

      const visitor = await openBrowser();
      const address = new URL(link ?? '').pathname;
      const answer = await visitor.page.goto(address);
      await isAwake(visitor.page);
      expect(answer?.headers()).toMatchObject({
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow',
      });
      await expect(
        visitor.page.getByRole('heading', { level: 1, name: t.share.report.title('Nursery', 1) }),
      ).toBeVisible();
      await expect(visitor.page.getByRole('region', { name: t.share.report.findings })).toContainText('src/payment.ts');
      expect(await violationsOf(visitor.page)).toEqual([]);
      const places = await visitor.page.locator('a').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
      expect(places.filter((href) => href && !href.startsWith(address) && !href.startsWith('#'))).toEqual([]);

      await page.getByRole('button', { name: words.button, exact: true }).click();
      await dialog.getByRole('button', { name: new RegExp(words.revoke) }).click();
      await expect(dialog.getByText(words.none)).toBeVisible();
      await openPage(visitor.page, address);
      await expect(visitor.page.getByText(t.share.report.gone)).toBeVisible();
    });

    test('a badge is made public and shown', async ({ page, api, openBrowser, t }) => {
      const words = t.share.badge;
      await using project = await auditedProject(api);
      const badge = `/api/v1/projects/${project.projectId}/badge.svg`;
      const visitor = await openBrowser();
      expect((await visitor.page.request.get(badge)).status()).toBe(404);
      await visit(page, `/projects/${project.projectId}`);

      await page.getByRole('button', { name: t.project.manage.menu }).click();
      await page.getByRole('menuitem', { name: words.menu }).click();
      await page.getByRole('switch', { name: words.public }).click();
      await expect(page.getByText(words.on)).toBeVisible();

      const picture = page.getByRole('dialog').getByRole('img');
      await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(60);
      await page.getByRole('combobox', { name: words.metric }).selectOption('gate');
      await expect(picture).toHaveAttribute('src', /metric=gate/);
      await expect(page.getByRole('dialog').getByText(/^\[!\[/)).toContainText(project.projectId);
      expect(await violationsOf(page)).toEqual([]);
      expect((await visitor.page.request.get(badge)).status()).toBe(200);
    });
  });
}
