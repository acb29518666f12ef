import type { Page } from '@playwright/test';
import type { Messages } from '@/lib/i18n/messages';
import { violationsOf } from '../support/a11y';
import { createAccount } from '../support/accounts';
import { openPage } from '../support/every-page';
import { expect, test } from '../support/journey';
import { mailTo } from '../support/kept-mail';
import { linkIn } from '../support/mail-server';
import { PRODUCT_URL } from '../support/product';
import { isAwake } from '../support/project-page';
import { auditedProject } from '../support/repositories';

const PASSWORD = 'a password of nobody else';

function rowOf(page: Page, text: string) {
  return page.getByRole('listitem').filter({ hasText: text });
}

/** Makes an invitation on screen and gives the link of its mail back. */
async function invite(page: Page, t: Messages, email: string): Promise<string> {
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: t.access.invite.button, exact: true }).click();
  await dialog.getByLabel(t.access.invite.email).fill(email);
  await dialog.getByRole('button', { name: t.access.invite.submit }).click();
  await expect(dialog.getByText(t.access.invite.sent(email))).toBeVisible();
  await expect(dialog.getByRole('code')).toHaveCount(0);
  const address = linkIn(await mailTo(email), '/invite/');
  await dialog.getByRole('button', { name: t.access.done }).click();
  return address;
}

test('somebody is invited, joins with a new account, gets another role, and sees nothing once removed', async ({
  page,
  member: owner,
  api,
  t,
  openBrowser,
  complaints,
}) => {
  await using project = await auditedProject(api);
  const email = `kai-${owner.userId}@example.com`;
  const { access } = t;
  await openPage(page, `/teams/${owner.teamId}/members`);

  await page.getByRole('button', { name: access.invite.button, exact: true }).click();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('dialog').getByLabel(access.invite.email).fill('nobody');
  await page.getByRole('dialog').getByRole('button', { name: access.invite.submit }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toHaveText(t.auth.invalid.email);
  await page.keyboard.press('Escape');
  const link = await invite(page, t, email);
  await expect(rowOf(page, email)).toContainText(access.roles.member);

  const { page: other } = await openBrowser();
  await other.goto(link);
  await isAwake(other);
  await expect(other.getByRole('heading', { level: 1, name: access.join.title(owner.teamName) })).toBeVisible();
  expect(await violationsOf(other)).toEqual([]);
  await other.getByLabel(access.join.name).fill('Kai');
  await other.getByLabel(t.auth.signIn.password, { exact: true }).fill(PASSWORD);
  await other.getByLabel(t.auth.setup.again).fill(PASSWORD);
  await other.getByRole('button', { name: access.join.submit }).click();
  await expect(other.getByRole('heading', { level: 1, name: t.projects.title })).toBeVisible();
  await openPage(other, `/projects/${project.projectId}`);
  await openPage(other, `/teams/${owner.teamId}/members`);
  await expect(other.getByRole('button', { name: access.invite.button, exact: true })).toHaveCount(0);

  await page.reload();
  await rowOf(page, email)
    .getByRole('button', { name: access.members.roleOf('Kai') })
    .click();
  await page.getByRole('menuitemradio', { name: access.roles.viewer }).click();
  await expect(page.getByText(access.members.changed('Kai', access.roles.viewer))).toBeVisible();
  await openPage(other, '/projects');
  await expect(rowOf(other, email)).toHaveCount(0);
  await openPage(other, `/teams/${owner.teamId}/members`);
  await expect(rowOf(other, email)).toContainText(access.roles.viewer);

  await page.getByRole('button', { name: access.members.menuOf('Kai') }).click();
  await page.getByRole('menuitem', { name: access.members.remove }).click();
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('dialog').getByRole('button', { name: access.members.remove }).click();
  await expect(page.getByText(access.members.removed('Kai'))).toBeVisible();
  await expect(rowOf(page, email)).toHaveCount(0);

  complaints.expect(/status of (?:401|403|404)/);
  await other.goto(`/projects/${project.projectId}`);
  await expect(other.getByRole('heading', { level: 1, name: access.noTeam.title })).toBeVisible();
  expect(await violationsOf(other)).toEqual([]);
  await other.getByLabel(access.team.name).fill('Of my own');
  await other.getByRole('button', { name: access.team.create }).click();
  await expect(other.getByRole('heading', { level: 1, name: t.projects.title })).toBeVisible();
  await expect(other.getByText(project.projectId)).toHaveCount(0);

  await other.goto(link);
  await expect(other.getByText(access.join.gone)).toBeVisible();
});

test('somebody with an account joins by signing in, and the last owner cannot leave', async ({
  page,
  member: owner,
  t,
  openBrowser,
  complaints,
}) => {
  const guest = await createAccount();
  const { access } = t;
  await openPage(page, `/teams/${owner.teamId}/members`);
  const link = await invite(page, t, guest.email);

  const { page: other } = await openBrowser(guest);
  await other.goto(link);
  await isAwake(other);
  await other.getByRole('button', { name: access.join.accept, exact: true }).click();
  await expect(other.getByRole('heading', { level: 1, name: t.projects.title })).toBeVisible();
  await other.getByRole('button', { name: owner.teamName }).click();
  await expect(other.getByRole('menuitem', { name: guest.teamName })).toBeVisible();
  await other.keyboard.press('Escape');

  complaints.expect(/status of 409/);
  await page.getByRole('button', { name: access.members.menuOf(owner.name) }).click();
  await page.getByRole('menuitem', { name: access.members.leave }).click();
  await page.getByRole('dialog').getByRole('button', { name: access.members.leave }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText(access.reasons.last_owner);
});

test('a token of a service account is made, used and revoked', async ({ page, member: owner, t }) => {
  const { service, tokens } = t.access;
  const dialog = page.getByRole('dialog');
  await openPage(page, `/teams/${owner.teamId}/members`);
  await page.getByRole('button', { name: service.button }).click();
  await dialog.getByLabel(service.name).fill('Pipeline');
  await dialog.getByRole('button', { name: service.submit }).click();
  await expect(page.getByText(service.made('Pipeline'))).toBeVisible();

  await openPage(page, `/teams/${owner.teamId}/tokens`);
  await page.getByRole('button', { name: tokens.button }).click();
  await dialog.getByRole('button', { name: tokens.submit }).click();
  await expect(dialog.getByRole('alert')).toHaveText(tokens.nameMissing);
  await dialog.getByLabel(tokens.name).fill('Nightly');
  await dialog.getByLabel(tokens.holder).selectOption('Pipeline');
  await expect(dialog.getByRole('checkbox', { name: tokens.scopeNames.admin })).toBeDisabled();
  await dialog.getByRole('checkbox', { name: tokens.scopeNames.write }).check();
  expect(await violationsOf(page)).toEqual([]);
  await dialog.getByRole('button', { name: tokens.submit }).click();
  const value = (await dialog.getByRole('code').textContent()) ?? '';
  expect(value).toMatch(/^elder_/);
  await dialog.getByRole('button', { name: t.access.done }).click();
  await expect(page.getByText(value)).toHaveCount(0);
  await expect(rowOf(page, 'Nightly')).toContainText(tokens.unused);

  const ask = () => fetch(`${PRODUCT_URL}/api/v1/teams`, { headers: { authorization: `Bearer ${value}` } });
  const answer = await ask();
  expect(await answer.json()).toEqual({
    items: [{ teamId: owner.teamId, teamName: owner.teamName, role: 'member' }],
  });

  await page.getByRole('button', { name: tokens.revokeOf('Nightly') }).click();
  await dialog.getByRole('button', { name: tokens.revoke, exact: true }).click();
  await expect(page.getByText(tokens.revoked('Nightly'))).toBeVisible();
  await expect(rowOf(page, 'Nightly')).toHaveCount(0);
  await expect.poll(async () => (await ask()).status, { timeout: 5000 }).toBe(401);
});

test('a person keeps their name, password and sessions on their own page', async ({
  page,
  member,
  t,
  openBrowser,
  complaints,
}) => {
  const { account } = t.access;
  const { page: other } = await openBrowser(member);
  await openPage(other, '/projects');
  await openPage(page, '/account');

  await page.getByLabel(account.name).fill('Ada Lovelace');
  await page.getByRole('button', { name: account.saveName }).click();
  await expect(page.getByText(account.nameSaved)).toBeVisible();
  await expect(page.getByRole('button', { name: /^AL ?Ada Lovelace|^Ada Lovelace/ })).toBeVisible();

  complaints.expect(/status of 422/);
  await page.getByLabel(account.current, { exact: true }).fill('not the password');
  await page.getByLabel(account.next, { exact: true }).fill(PASSWORD);
  await page.getByLabel(account.again).fill(PASSWORD);
  await page.getByRole('button', { name: account.changePassword }).click();
  await expect(page.getByText(t.access.reasons.wrong)).toBeVisible();
  await page.getByLabel(account.current, { exact: true }).fill(member.password);
  await page.getByRole('button', { name: account.changePassword }).click();
  await expect(page.getByText(account.passwordChanged)).toBeVisible();
  await expect(page.getByRole('list', { name: account.sessionList }).getByRole('listitem')).toHaveCount(1);

  complaints.expect(/status of 401/);
  await other.goto('/projects');
  await expect(other.getByRole('heading', { level: 1, name: t.auth.signIn.title })).toBeVisible();
});

test('an owner makes a link with which a member chooses a new password', async ({
  page,
  member: owner,
  t,
  openBrowser,
}) => {
  const { access } = t;
  const email = `mio-${owner.userId}@example.com`;
  await openPage(page, `/teams/${owner.teamId}/members`);
  const { page: other } = await openBrowser();
  await other.goto(await invite(page, t, email));
  await isAwake(other);
  await other.getByLabel(access.join.name).fill('Mio');
  await other.getByLabel(t.auth.signIn.password, { exact: true }).fill('soon forgotten');
  await other.getByLabel(t.auth.setup.again).fill('soon forgotten');
  await other.getByRole('button', { name: access.join.submit }).click();
  await expect(other.getByRole('heading', { level: 1, name: t.projects.title })).toBeVisible();

  await page.reload();
  await page.getByRole('button', { name: access.members.menuOf('Mio') }).click();
  await page.getByRole('menuitem', { name: access.members.resetLink }).click();
  await page.getByRole('dialog').getByRole('button', { name: access.members.resetLink }).click();
  const link = (await page.getByRole('dialog').getByRole('code').textContent()) ?? '';

  const { page: third } = await openBrowser();
  await third.goto(link);
  await isAwake(third);
  expect(await violationsOf(third)).toEqual([]);
  await third.getByLabel(access.reset.password).fill(PASSWORD);
  await third.getByLabel(t.auth.setup.again).fill('something else');
  await third.getByRole('button', { name: access.reset.submit }).click();
  await expect(third.getByText(t.auth.invalid.different)).toBeVisible();
  await third.getByLabel(access.reset.password).fill(PASSWORD);
  await third.getByLabel(t.auth.setup.again).fill(PASSWORD);
  await third.getByRole('button', { name: access.reset.submit }).click();
  await expect(third.getByText(access.reset.done)).toBeVisible();

  await third.getByRole('link', { name: t.auth.setup.toSignIn }).click();
  await third.getByLabel(t.auth.signIn.email).fill(email);
  await third.getByLabel(t.auth.signIn.password, { exact: true }).fill(PASSWORD);
  await third.getByRole('button', { name: t.auth.signIn.submit, exact: true }).click();
  await expect(third.getByRole('heading', { level: 1, name: t.projects.title })).toBeVisible();
});
