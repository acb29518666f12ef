import type { PlannedObject } from '../phase';
import { job } from './jobs';
import { planned } from './manifest';
import { HEALTH_PORT, nameOf, WEB_PORT } from './names';
import { resourcesOf } from './pods';
import { productContainer } from './programs';
import { presentWorkers, type Site } from './site';
import { databaseEnv } from './stores';

const DEADLINE_SECONDS = 600;

/** Asks the web and every pod of the workers whether they are ready, and the database whether each kind reports. */
export function validation(site: Site): PlannedObject[] {
  const { configuration } = site;
  const web = `http://${nameOf(configuration, 'web')}:${WEB_PORT}`;
  const workers = presentWorkers(site).map(
    (kind) => `${kind}=${nameOf(configuration, `worker-${kind}`)}:${HEALTH_PORT}`,
  );
  const container = productContainer(site, {
    name: 'check',
    args: ['node', 'dist/check-instance.js', web, ...workers],
    env: [
      { name: 'NODE_ENV', value: 'production' },
      { name: 'ELDER_DATA_DIR', value: '/data' },
      ...(site.isEmbedded ? [] : databaseEnv(site)),
    ],
    resources: resourcesOf('small'),
  });
  const check = job(site, { name: 'check-instance', component: 'check', container, deadlineSeconds: DEADLINE_SECONDS });
  return [planned(check, 'succeeded', 'instance-check')];
}
