import type { PlannedObject } from '../../phase';
import { job } from '../jobs';
import { planned } from '../manifest';
import { resourcesOf } from '../pods';
import { firstOwnerEnv, productContainer, publicUrl } from '../programs';
import type { Site } from '../site';
import { databaseEnv, databaseOwnerEnv, fromSecret } from '../stores';

/** Migrations may write a whole table anew. */
const DEADLINE_SECONDS = 3_600;

/** Migrates as the owner of the database, whose password no other pod has; then makes the first account as everybody else. */
export function migration(site: Site): PlannedObject {
  const { security } = site.configuration;
  const common = [
    { name: 'NODE_ENV', value: 'production' },
    { name: 'ELDER_DATA_DIR', value: '/data' },
    ...databaseEnv(site, { direct: true }),
  ];
  const migrate = productContainer(site, {
    name: 'migrate',
    args: ['node', 'dist/migrate.js'],
    env: [...databaseOwnerEnv(site), ...common],
    resources: resourcesOf('small'),
  });
  const setUp = productContainer(site, {
    name: 'set-up',
    args: ['node', 'dist/set-up.js'],
    env: [
      ...common,
      { name: 'PUBLIC_URL', value: publicUrl(site) },
      fromSecret('ENCRYPTION_KEY', security.keysSecret, 'ENCRYPTION_KEY'),
      ...firstOwnerEnv(site),
    ],
    resources: resourcesOf('small'),
  });
  const object = job(site, {
    name: 'migrate',
    component: 'migrate',
    initContainers: [migrate],
    container: setUp,
    deadlineSeconds: DEADLINE_SECONDS,
  });
  return { ...planned(object, 'succeeded', 'migration'), timeoutSeconds: DEADLINE_SECONDS };
}
