import { violationsOf } from '../support/a11y';
import { openPage } from '../support/every-page';
import { startHookServer } from '../support/hook-server';
import { expect, test } from '../support/journey';
import { mailTo } from '../support/kept-mail';
import { linkIn } from '../support/mail-server';
import { PRODUCT } from '../support/product';
import { auditedProject, runAudit } from '../support/repositories';

const gate = (fail: number | null) => ({
  gate: { health: { warn: null, fail }, failedMagic: 'ignored', newFindings: {} },
});

test('a Slack channel is made, tested, and told when an audit turns the gate red', async ({ page, member, api, t }) => {
  await using hooks = await startHookServer({ port: PRODUCT.hookPort });
  const words = t.notifications;
  const configure = (version: number, fail: number | null) =>
    api.put(`/teams/${member.teamId}/configuration`, { version, configuration: gate(fail), reason: 'for the test' });
  await configure(0, null);
  await using project = await auditedProject(api);
  await openPage(page, `/teams/${member.teamId}/notifications`);
  await expect(page.getByText(words.none)).toBeVisible();

  await page.getByRole('button', { name: words.add }).click();
  await page.getByRole('menuitem', { name: words.kinds.slack }).click();
  await expect(page.getByRole('heading', { level: 1, name: words.newTitle(words.kinds.slack) })).toBeVisible();
  await page.getByLabel(words.form.name, { exact: true }).focus();
  await page.keyboard.press('Tab');
  await expect(page.getByText(words.form.nameMissing)).toBeVisible();
  await page.getByRole('button', { name: words.form.submitNew }).click();
  await expect(page.getByText(words.form.addressMissing)).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByLabel(words.form.name, { exact: true }).fill('Builds');
  await page.getByLabel(words.form.address).fill(`${hooks.url}/slack/builds`);
  await page.getByRole('button', { name: words.form.submitNew }).click();

  await expect(page.getByRole('heading', { level: 1, name: 'Builds' })).toBeVisible();
  await page.getByRole('button', { name: words.actions.test }).click();
  await expect(page.getByRole('dialog').getByText(words.actions.testDelivered)).toBeVisible();
  expect(hooks.at('/slack/builds')[0]?.raw).toContain(words.message.test);
  await page.getByRole('dialog').getByRole('button', { name: t.access.done }).click();
  await expect(page.getByRole('listitem').filter({ hasText: words.log.kinds.test })).toContainText(
    words.log.status.delivered,
  );

  await configure(1, 100);
  await runAudit(api, project.projectId);
  await expect.poll(() => hooks.at('/slack/builds').length, { timeout: 90_000 }).toBe(2);
  const { body } = hooks.at('/slack/builds')[1] ?? {};
  expect(body.text.replaceAll('\u2060', '')).toContain(t.notifications.message.gateFailed(''));
  await page.reload();
  await expect(page.getByRole('list', { name: words.log.list }).getByRole('listitem')).toHaveCount(2);

  await page.getByLabel(words.form.name, { exact: true }).fill('Builds of main');
  await page.getByRole('link', { name: t.shell.nav.members }).first().click();
  await expect(page.getByRole('dialog').getByText(t.common.leave.title)).toBeVisible();
  await page.getByRole('button', { name: t.common.leave.stay }).click();
  await page.getByRole('button', { name: words.form.save }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Builds of main' })).toBeVisible();
  expect(await violationsOf(page)).toEqual([]);
});

test.describe('in Japanese', () => {
  test.use({ language: 'ja' });

  test('somebody outside the team is asked first, and can stop the letters', async ({
    page,
    member,
    t,
    openBrowser,
  }) => {
    const words = t.notifications;
    const email = `outside-${member.userId}@example.net`;
    await openPage(page, `/teams/${member.teamId}/notifications/new/email`);
    await page.getByLabel(words.form.name, { exact: true }).fill('手紙');
    await page.getByLabel(words.form.emails).fill(email);
    await page.getByRole('button', { name: words.form.submitNew }).click();
    await expect(page.getByText(`${email} · ${words.recipients.asked}`)).toBeVisible();

    const { page: other } = await openBrowser();
    await other.goto(linkIn(await mailTo(email), '/mail-channel/'));
    await expect(other.getByRole('heading', { level: 1, name: words.mailPage.ask(member.teamName) })).toBeVisible();
    expect(await violationsOf(other)).toEqual([]);
    await other.getByRole('button', { name: words.mailPage.confirm }).click();
    await expect(other.getByText(words.mailPage.confirmed(email))).toBeVisible();
    await page.reload();
    await expect(page.getByText(`${email} · ${words.recipients.confirmed}`)).toBeVisible();
    await other.getByRole('button', { name: words.mailPage.stop }).click();
    await expect(other.getByText(words.mailPage.stopped(email))).toBeVisible();
  });
});
