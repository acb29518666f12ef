import { expect, test } from '@playwright/test';
import { elderApi } from '../support/elder-api';
import { largeApplication, readAudit, registerProject } from '../support/repositories';
import { runElder } from '../support/run-elder';
import { startProduct } from '../support/start-product';

test('an audit is complete and the same though database, worker and web are killed in the middle of it', async () => {
  const token = 'elder_own_initial_token_0123456789';
  await using product = await startProduct({
    env: {
      ELDER_INIT_EMAIL: 'ada@example.com',
      ELDER_INIT_PASSWORD: 'a password of nobody else',
      ELDER_INIT_API_TOKEN: token,
    },
  });
  const api = elderApi(token, product.url);
  await using project = await registerProject(api, largeApplication(2000));
  const audit = () => readAudit(api, project.auditId);
  const answers = () =>
    audit().then(
      ({ status }) => status,
      () => null,
    );
  await expect
    .poll(async () => (await audit()).jobs.some(({ stage, status }) => stage === 'collect' && status === 'running'))
    .toBe(true);

  product.killDatabase();
  await product.says(/PostgreSQL stopped/);
  await expect.poll(answers, { timeout: 60_000 }).toBe('running');
  product.killWorker();
  product.killWeb();
  await expect.poll(answers, { timeout: 120_000 }).toBe('completed');

  const { resultHash } = await audit();
  const undisturbed = await runElder(['audit', project.path, '--format', 'json']);
  expect(JSON.parse(undisturbed.stdout)).toMatchObject({ resultHash });
});
