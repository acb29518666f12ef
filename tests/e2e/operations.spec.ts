import { violationsOf } from '../support/a11y';
import { signIn } from '../support/accounts';
import { openPage } from '../support/every-page';
import { expect, test } from '../support/journey';
import { PRODUCT } from '../support/product';
import { productDb } from '../support/product-data';

const WIDTHS = [390, 900, 1440] as const;

/** Who installed the product. */
async function ownerOfInstance() {
  return productDb().user.findFirstOrThrow({ where: { email: PRODUCT.owner.email } });
}

async function projectOf(userId: string): Promise<string> {
  const { teamId } = await productDb().membership.findFirstOrThrow({ where: { userId } });
  const name = `operated-${Date.now()}`;
  const data = { teamId, name, repositoryUrl: '/nowhere', canonicalKey: `/nowhere#${name}`, branch: 'main' };
  return (await productDb().project.create({ data })).id;
}

for (const language of ['en', 'ja'] as const) {
  test.describe(`in ${language}`, () => {
    test.use({ language });

    test('the owner of the installation sees how it stands, and runs a job again that was given up', async ({
      context,
      page,
      t,
    }) => {
      const words = t.operations;
      const owner = await ownerOfInstance();
      await signIn(context, { userId: owner.id });
      const projectId = await projectOf(owner.id);
      const failedJob = {
        name: 'webhook.set-up',
        payload: { projectId },
        key: `e2e-${projectId}`,
        errorCode: 'timeout',
        tries: 8,
        worker: 'gone',
      };
      await productDb().failedJob.create({ data: { ...failedJob, firstAt: new Date(), lastAt: new Date() } });

      await page.setViewportSize({ width: 1440, height: 900 });
      await openPage(page, '/projects');
      await page.getByRole('navigation').getByRole('link', { name: t.shell.nav.operations }).first().click();
      await expect(page.getByRole('heading', { level: 1, name: words.title })).toBeVisible();
      const queues = page.getByRole('table', { name: words.queues.title });
      for (const kind of Object.values(words.kinds)) await expect(queues).toContainText(kind, { timeout: 20_000 });
      const workers = page.getByRole('table', { name: words.workers.title });
      await expect(workers.getByRole('row')).not.toHaveCount(1);
      const aside = page
        .getByRole('table', { name: words.setAside.title })
        .getByRole('row')
        .filter({
          has: page.locator(`a[href="/projects/${projectId}"]`),
        });
      await expect(aside).toContainText(words.jobs['webhook.set-up']);
      await expect(aside).toContainText(t.audit.jobErrors.timeout);

      // The pointer leaves the link that led here, whose hint goes.
      await page.mouse.move(720, 450);
      await expect(page.getByRole('tooltip')).toHaveCount(0);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violationsOf(page)).toEqual([]);
      }
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wider, `overflow at ${width}`).toBeLessThanOrEqual(0);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
      await aside.getByRole('button', { name: words.setAside.retryOf(words.jobs['webhook.set-up']) }).click();
      await expect(page.getByText(words.setAside.retried)).toBeVisible();
      await expect(aside).toHaveCount(0);
    });
  });
}

test('nobody else finds the page or a way to it', async ({ page, member, t, complaints }) => {
  complaints.expect(/status of 404 .*\/operations/);
  expect(member.teamId).not.toBe('');

  await openPage(page, '/projects');
  await expect(page.getByRole('link', { name: t.shell.nav.operations })).toHaveCount(0);
  await openPage(page, '/operations');

  await expect(page.getByRole('table')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(t.operations.title);
});
