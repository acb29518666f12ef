import { violationsOf } from '../support/a11y';
import { openPage } from '../support/every-page';
import { expect, test } from '../support/journey';
import { github, sentBy } from '../support/providers/deliveries';
import { auditedProject } from '../support/repositories';

test('a webhook is set up by hand, turns green with the first delivery, and what came can be looked at and replayed', async ({
  page,
  api,
  request,
  t,
}) => {
  await using project = await auditedProject(api);
  const words = t.webhooks;
  const base = `/projects/${project.projectId}`;
  const send = async (sent: ReturnType<typeof github.push>, secret: string) => {
    const { headers, text } = sentBy('github', sent, { secret });
    const answer = await request.post(`/api/v1/webhooks/github/${project.projectId}`, { headers, data: text });
    return answer.status();
  };
  await openPage(page, base);
  await page.getByRole('button', { name: t.project.manage.menu }).click();
  await page.getByRole('menuitem', { name: words.title }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.title);
  await page.getByLabel(words.host).selectOption('github');
  await expect(page.getByText(`/api/v1/webhooks/github/${project.projectId}`)).toBeVisible();
  const secret = page.getByText(/^whsec_/);
  await expect(secret).toHaveCount(0);
  await page.getByRole('button', { name: `${words.reveal}: ${words.secret}` }).click();
  const value = (await secret.textContent()) ?? '';
  expect(await violationsOf(page)).toEqual([]);

  expect(await send(github.push(), 'a guess')).toBe(401);
  await expect(page.getByText(words.state.waiting)).toBeVisible();
  expect(await send(github.ping(), value)).toBe(202);
  await expect(page.getByText(words.state.receiving('').slice(0, 9))).toBeVisible();

  await page.getByRole('link', { name: words.allDeliveries }).click();
  const list = page.getByRole('list', { name: words.deliveries });
  await expect(list.getByRole('listitem')).toHaveCount(1);
  await expect(list.getByText(words.outcome.ping)).toBeVisible();
  expect(await send(github.push({ files: ['src/pay.ts'] }), value)).toBe(202);
  await expect(list.getByRole('listitem')).toHaveCount(2);
  await expect(list.getByRole('listitem').first()).toContainText(words.status.processed);
  expect(await violationsOf(page)).toEqual([]);

  await list.getByRole('link').first().click();
  await expect(page.getByRole('region', { name: words.payload })).toContainText('refs/heads/main');
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: words.replay }).click();
  await expect(page.getByRole('link', { name: words.replayOf })).toBeVisible();
  await page.getByRole('link', { name: new RegExp(words.toAudit('\\d+')) }).click();
  await expect(page).toHaveURL(/\/audits\//);
});
