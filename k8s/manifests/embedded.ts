import type { PlannedObject } from '../phase';
import { type Manifest, planned } from './manifest';
import { labelsOf, metadataOf, nameOf, selectorOf, WEB_PORT } from './names';
import { httpProbe, podSpec, resourcesOf, scratch } from './pods';
import { configurationVolume, firstOwnerEnv, frontEnv, productContainer, publicUrl } from './programs';
import type { Site } from './site';
import { claimedVolume } from './storage/volumes';
import { LIVE_PATH, READY_PATH, webService } from './web';

/** The supervisor drains its programs for 35 seconds; then PostgreSQL writes what it holds in memory. */
const GRACE_SECONDS = 90;

/** The whole product as `npm start` runs it: web, worker and PostgreSQL in one pod with one volume. */
export function embedded(site: Site): PlannedObject[] {
  return [planned(webService(site, 'embedded'), 'present', 'web'), planned(statefulSet(site), 'rolled-out', 'web')];
}

function statefulSet(site: Site): Manifest & { spec: object } {
  const { configuration } = site;
  const { embedded: settings, security } = configuration;
  const container = productContainer(site, {
    name: 'elder',
    args: ['node', 'scripts/start.mjs', '--verbose'],
    env: [
      { name: 'HOST', value: '0.0.0.0' },
      { name: 'PORT', value: String(WEB_PORT) },
      { name: 'PUBLIC_URL', value: publicUrl(site) },
      { name: 'ELDER_DATA_DIR', value: '/data' },
      { name: 'LOG_FORMAT', value: 'json' },
      { name: 'WORKER_CONCURRENCY', value: String(settings.concurrency) },
      ...frontEnv(site),
      ...firstOwnerEnv(site),
    ],
    ports: [{ name: 'http', containerPort: WEB_PORT, protocol: 'TCP' }],
    resources: resourcesOf(settings.tier),
    startupProbe: httpProbe(LIVE_PATH, 'http', { periodSeconds: 5, failureThreshold: 120 }),
    livenessProbe: httpProbe(LIVE_PATH, 'http', { periodSeconds: 20, failureThreshold: 6 }),
    readinessProbe: httpProbe(READY_PATH, 'http', { periodSeconds: 10, failureThreshold: 3 }),
    volumeMounts: [
      { name: 'pages', mountPath: '/app/.next/cache' },
      { name: 'memory', mountPath: '/dev/shm' },
    ],
  });
  const name = nameOf(configuration, 'embedded');
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadataOf(configuration, name, 'embedded'),
    spec: {
      replicas: 1,
      serviceName: nameOf(configuration, 'web'),
      selector: { matchLabels: selectorOf(configuration, 'embedded') },
      template: {
        metadata: { labels: labelsOf(configuration, 'embedded') },
        spec: podSpec(configuration, {
          component: 'embedded',
          serviceAccount: nameOf(configuration, 'web'),
          user: security.runAsUser,
          containers: [container],
          volumes: [
            claimedVolume(site, 'embedded'),
            configurationVolume(site),
            scratch('tmp', '1Gi'),
            scratch('pages', '1Gi'),
            { name: 'memory', emptyDir: { medium: 'Memory', sizeLimit: '256Mi' } },
          ],
          graceSeconds: GRACE_SECONDS,
        }),
      },
    },
  };
}
