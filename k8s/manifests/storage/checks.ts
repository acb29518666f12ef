import type { PlannedObject } from '../../phase';
import { job } from '../jobs';
import { planned, type Recovery } from '../manifest';
import { resourcesOf } from '../pods';
import { productContainer } from '../programs';
import type { Site } from '../site';
import { databaseEnv, databaseOwnerEnv, objectsEnv, redisEnv } from '../stores';

const DEADLINE_SECONDS = 600;

/** Jobs that connect to each store from inside, as the product will. */
export function storeChecks(site: Site): PlannedObject[] {
  if (site.isEmbedded) return [];
  const stores = [
    { store: 'database', env: [...databaseOwnerEnv(site), ...databaseEnv(site)] },
    { store: 'redis', env: redisEnv(site) },
    { store: 'objects', env: objectsEnv(site) },
  ] as const;
  return stores
    .filter(({ env }) => env.length > 0)
    .map(({ store, env }) => {
      const container = productContainer(site, {
        name: 'check',
        args: ['node', 'dist/check-store.js', store],
        env: [{ name: 'NODE_ENV', value: 'production' }, { name: 'ELDER_DATA_DIR', value: '/data' }, ...env],
        resources: resourcesOf('small'),
      });
      const recovery: Recovery = `${store}-check`;
      return planned(
        job(site, { name: `check-${store}`, component: 'check', container, deadlineSeconds: DEADLINE_SECONDS }),
        'succeeded',
        recovery,
      );
    });
}
