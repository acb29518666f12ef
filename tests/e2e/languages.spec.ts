import { messagesIn } from '@/lib/i18n/messages';
import { createAccount } from '../support/accounts';
import { openPage } from '../support/every-page';
import { expect, test } from '../support/journey';
import { isAwake, visit } from '../support/project-page';
import { auditedProject, japaneseApplication } from '../support/repositories';

const en = messagesIn('en');
const ja = messagesIn('ja');

test('the language is chosen at sign-in, stays inside and can be changed there', async ({ page }) => {
  const account = await createAccount();

  await page.goto('/sign-in');
  await isAwake(page);
  await page.getByRole('group', { name: en.shell.language }).getByRole('button', { name: '日本語' }).click();
  await expect(page.getByRole('heading', { level: 1, name: ja.auth.signIn.title })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await page.getByLabel(ja.auth.signIn.email).fill(account.email);
  await page.getByLabel(ja.auth.signIn.password, { exact: true }).fill(account.password);
  const alive = page.waitForEvent('websocket');
  await page.getByRole('button', { name: ja.auth.signIn.submit }).click();
  await alive;
  await expect(page.getByRole('heading', { level: 1, name: ja.projects.title })).toBeVisible();

  await page.getByRole('group', { name: ja.shell.language }).getByRole('button', { name: 'EN' }).click();
  await expect(page.getByRole('heading', { level: 1, name: en.projects.title })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: en.projects.title })).toBeVisible();
});

test('a dark theme stays through a reload and is there from the first paint', async ({ page, member, t }) => {
  expect(member.userId).toBeTruthy();
  const { theme } = t.shell;

  await visit(page, '/projects');
  await page.getByRole('button', { name: `${theme.label}: ${theme.system}` }).click();
  await page.getByRole('menuitemradio', { name: theme.dark }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();

  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('button', { name: `${theme.label}: ${theme.dark}` })).toBeVisible();
  const served = await (await page.request.get('/projects')).text();
  expect(served).toMatch(/<html[^>]* data-theme="dark"/);
});

test.describe('in ja', () => {
  test.use({ language: 'ja' });

  test('dates and numbers are written the Japanese way in the reader’s time zone', async ({ page, api, t }) => {
    await using project = await auditedProject(api, japaneseApplication());

    await openPage(page, '/audits');
    const when = page
      .getByRole('link', { name: t.audits.number(1) })
      .locator('xpath=ancestor::*[.//time][1]')
      .locator('time');
    await expect(when).toHaveText(/^(たった今|\d+分前)$/);
    await expect(when).toHaveAttribute('title', /^\d{4}\/\d{2}\/\d{2} \d{1,2}:\d{2}:\d{2}$/);
    const [shown, instant] = await Promise.all([when.getAttribute('title'), when.getAttribute('datetime')]);
    const tokyo = new Date(Date.parse(instant ?? '') + 9 * 3600_000).toISOString();
    expect(shown?.split(' ')[0]).toBe(tokyo.slice(0, 10).replaceAll('-', '/'));
    expect(project.auditId).toBeTruthy();
  });
});
