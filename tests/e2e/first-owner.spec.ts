import { expect, test } from '../support/journey';
import { localRepository } from '../support/local-repository';
import { isAwake } from '../support/project-page';
import { smallApplication } from '../support/repositories';
import { startProduct } from '../support/start-product';

const PERSON = { email: 'ada@example.com', name: 'Ada', teamName: 'Gardeners', password: 'a password of nobody else' };

test('the first owner signs up once with the printed link and finds the repository named at start', async ({
  page,
  t,
  complaints,
}) => {
  await using repository = await localRepository(smallApplication());
  await using product = await startProduct({ args: [repository.path] });
  const [, link = ''] = await product.says(/Create the first account: (\S+)/);
  const { signIn, setup } = t.auth;

  await page.goto(link);
  await isAwake(page);
  await page.getByLabel(signIn.email).fill(PERSON.email);
  await page.getByLabel(setup.name).fill(PERSON.name);
  await page.getByLabel(setup.teamName).fill(PERSON.teamName);
  await page.getByLabel(signIn.password, { exact: true }).fill(PERSON.password);
  await page.getByLabel(setup.again).fill(PERSON.password);
  await page.getByRole('button', { name: setup.submit }).click();

  await expect(page.getByRole('heading', { level: 1, name: t.projects.title })).toBeVisible();
  const project = page.getByRole('row').getByRole('link', { name: /^elder-repository-/ });
  await project.click();
  await expect(page.getByRole('heading', { level: 1, name: /^elder-repository-/ })).toBeVisible();

  await page.getByRole('button', { name: new RegExp(`^${PERSON.name}`) }).click();
  await page.getByRole('menuitem', { name: t.shell.person.signOut }).click();
  await expect(page.getByRole('heading', { level: 1, name: signIn.title })).toBeVisible();

  complaints.expect(/status of 410/);
  await page.goto(link);
  await page.getByLabel(signIn.email).fill('eve@example.com');
  await page.getByLabel(setup.name).fill('Eve');
  await page.getByLabel(setup.teamName).fill('Intruders');
  await page.getByLabel(signIn.password, { exact: true }).fill(PERSON.password);
  await page.getByLabel(setup.again).fill(PERSON.password);
  await page.getByRole('button', { name: setup.submit }).click();
  await expect(page.getByRole('alert').filter({ hasText: setup.gone })).toBeVisible();

  await page.getByRole('link', { name: setup.toSignIn }).click();
  await expect(page.getByRole('heading', { level: 1, name: signIn.title })).toBeVisible();
  await page.getByLabel(signIn.email).fill(PERSON.email);
  await page.getByLabel(signIn.password, { exact: true }).fill(PERSON.password);
  await page.getByRole('button', { name: signIn.submit }).click();
  await expect(page.getByRole('row').getByRole('link', { name: /^elder-repository-/ })).toBeVisible();

  // It would go on calling a product that stops.
  await page.close();
});
