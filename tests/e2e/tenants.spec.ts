import { io } from 'socket.io-client';
import { createAccount } from '../support/accounts';
import { elderApi } from '../support/elder-api';
import { openPage } from '../support/every-page';
import { expect, test } from '../support/journey';
import { PRODUCT_URL } from '../support/product';
import { auditedProject } from '../support/repositories';

test('another team sees nothing of a project: not in lists, not by address, not live', async ({
  page,
  member,
  t,
  complaints,
}) => {
  const owner = await createAccount();
  await using project = await auditedProject(elderApi(owner.apiToken));
  const { projectId, auditId } = project;
  complaints.expect(/status of 404/);

  await openPage(page, '/projects');
  await expect(page.getByText(t.projects.empty.title)).toBeVisible();
  await openPage(page, '/audits');
  await expect(page.getByText(t.audits.empty)).toBeVisible();

  const hidden = [
    `/projects/${projectId}`,
    `/projects/${projectId}/findings`,
    `/projects/${projectId}/magics/integrity`,
    `/projects/${projectId}/audits`,
    `/audits/${auditId}`,
  ];
  for (const address of hidden) {
    const answer = await page.goto(address);
    expect(answer?.status(), address).toBe(404);
    await expect(page.getByRole('heading', { level: 1, name: t.errors.page.notFound })).toBeVisible();
    await expect(page.getByText('Nursery')).toHaveCount(0);
  }
  for (const address of [`/projects/${projectId}/overview`, `/audits/${auditId}`, `/audits/${auditId}/findings`]) {
    const answer = await page.request.get(`/api/v1${address}`);
    expect(answer.status(), address).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'not_found' });
  }
  expect(await subscribe(member.apiToken, { projectId })).toEqual({ ok: false, code: 'not_found' });
  expect(await subscribe(owner.apiToken, { projectId })).toEqual({ ok: true });
});

/** What the live channel answers to somebody who wants to hear of a project. */
async function subscribe(token: string, room: { projectId: string }): Promise<unknown> {
  const socket = io(PRODUCT_URL, { transports: ['websocket'], auth: { token } });
  try {
    return await new Promise((resolve, reject) => {
      socket.on('connect_error', reject);
      socket.emit('subscribe_updates', room, resolve);
    });
  } finally {
    socket.disconnect();
  }
}
