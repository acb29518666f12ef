import { violationsOf } from '../support/a11y';
import { openPage } from '../support/every-page';
import { expect, test } from '../support/journey';
import { auditedProject } from '../support/repositories';

test('a project is renamed and deleted by whoever manages it', async ({ page, api, t }) => {
  await using project = await auditedProject(api);
  const { manage } = t.project;
  const dialog = page.getByRole('dialog');
  const heading = page.getByRole('heading', { level: 1 });
  const choose = async (what: string) => {
    await page.getByRole('button', { name: manage.menu }).click();
    await page.getByRole('menuitem', { name: what }).click();
  };
  await openPage(page, `/projects/${project.projectId}`);

  await choose(manage.rename);
  await dialog.getByLabel(manage.name).fill('  ');
  await dialog.getByRole('button', { name: manage.save }).click();
  await expect(dialog.getByRole('alert')).toHaveText(manage.nameMissing);
  await dialog.getByLabel(manage.name).fill('税計算');
  await dialog.getByLabel(manage.name).press('Enter');
  await expect(page.getByText(manage.renamed('税計算'))).toBeVisible();
  await expect(heading).toHaveText('税計算');
  await page.reload();
  await expect(heading).toHaveText('税計算');

  await choose(manage.delete);
  expect(await violationsOf(page)).toEqual([]);
  await dialog.getByRole('textbox').fill('税');
  await dialog.getByRole('button', { name: manage.deleteButton }).click();
  await expect(dialog.getByRole('alert')).toHaveText(manage.deleteMismatch('税計算'));
  await dialog.getByRole('textbox').fill('税計算');
  await dialog.getByRole('button', { name: manage.deleteButton }).click();
  await expect(page).toHaveURL(/\/projects$/);
  await expect(page.getByText(manage.deleted('税計算'))).toBeVisible();
  await expect(page.getByRole('link', { name: '税計算' })).toHaveCount(0);
});
