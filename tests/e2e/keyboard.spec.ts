import { createAccount } from '../support/accounts';
import { elderApi } from '../support/elder-api';
import { expect, test } from '../support/journey';
import { registerProject, smallApplication } from '../support/repositories';

test('a person without a mouse signs in, walks the table, filters, asks for help and jumps', async ({ page, t }) => {
  const account = await createAccount();
  const api = elderApi(account.apiToken);
  await using fern = await registerProject(api, smallApplication(), 'Fern');
  await using moss = await registerProject(api, smallApplication(), 'Moss');
  const { keyboard } = page;

  await page.goto('/projects?sort=name');
  await expect(page.getByLabel(t.auth.signIn.email)).toBeFocused();
  await keyboard.type(account.email);
  await keyboard.press('Tab');
  await keyboard.type(account.password);
  const alive = page.waitForEvent('websocket');
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: t.projects.title })).toBeVisible();
  await alive;

  await keyboard.press('Tab');
  const skip = page.getByRole('link', { name: t.shell.skip });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await keyboard.press('Enter');
  await expect(page).toHaveURL(/#main$/);

  const row = (name: string) => page.getByRole('row').getByRole('link', { name });
  await keyboard.press('j');
  await expect(row('Fern')).toBeFocused();
  await keyboard.press('j');
  await expect(row('Moss')).toBeFocused();
  await keyboard.press('k');
  await expect(row('Fern')).toBeFocused();

  const chosen = page.getByRole('toolbar', { name: t.projects.bulk.label });
  await keyboard.press('x');
  await keyboard.press('j');
  await keyboard.press('Shift+X');
  await expect(chosen).toContainText(t.projects.bulk.selected('2'));
  await keyboard.press('Escape');
  await expect(chosen).toBeHidden();
  await keyboard.press('k');

  await keyboard.press('?');
  const help = page.getByRole('dialog', { name: t.shell.help.title });
  await expect(help).toBeVisible();
  await keyboard.press('Escape');
  await expect(help).toBeHidden();

  await keyboard.press('/');
  const filter = page.getByRole('searchbox', { name: t.projects.filter });
  await expect(filter).toBeFocused();
  await keyboard.type('mo');
  await expect(row('Fern')).toBeHidden();
  await expect(page).toHaveURL(/search=mo/);
  await keyboard.press('Escape');
  await expect(row('Fern')).toBeVisible();
  await keyboard.press('Escape');

  await keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: t.shell.palette.title })).toBeVisible();
  await keyboard.type('moss');
  await expect(page.getByRole('option', { name: /^Moss/, selected: true })).toBeVisible();
  await keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/projects/${moss.projectId}$`));
  await expect(page.getByRole('heading', { level: 1, name: 'Moss' })).toBeVisible();

  await page.goBack();
  await keyboard.press('j');
  await expect(row('Fern')).toBeFocused();
  await keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/projects/${fern.projectId}$`));
});
