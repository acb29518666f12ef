import type { WorkerKind } from '@/lib/schemas/worker-kinds';
import type { PlannedObject } from '../phase';
import { disruptionBudget } from './disruption-budget';
import { type Manifest, planned } from './manifest';
import { type Component, HEALTH_PORT, labelsOf, METRICS_PORT, metadataOf, nameOf, selectorOf } from './names';
import { httpProbe, podSpec, resourcesOf, scrapeAnnotations } from './pods';
import { productContainer, productVolumes, signingKey, workerCommand, workerEnv } from './programs';
import { scaling, triggerAuthentication } from './scaling';
import { presentWorkers, type Site, scales } from './site';

/**
 * A worker that is told to stop takes no more jobs, gives those in hand 10 seconds and hands back the others; what was
 * handed back is stored by then.
 */
const GRACE_SECONDS = 60;

export function workers(site: Site): PlannedObject[] {
  const ofKinds = presentWorkers(site).flatMap((kind) => [
    planned(deployment(site, kind), 'rolled-out', 'worker'),
    planned(service(site, kind), 'present', 'worker'),
    planned(disruptionBudget(site, `worker-${kind}`), 'present', 'worker'),
    ...scaling(site, kind),
  ]);
  return [...triggerAuthentication(site), ...ofKinds];
}

function deployment(site: Site, kind: WorkerKind): Manifest & { spec: object } {
  const { configuration, scalers } = site;
  const component: Component = `worker-${kind}`;
  const worker = configuration.workers[kind];
  const isFixed = scalers[kind] === 'none' || scalers[kind] === 'vpa';
  const key = signingKey(site, kind);
  const isScaler = kind === 'maintain' && scales(site);
  const container = productContainer(site, {
    name: 'worker',
    args: workerCommand(worker.tier),
    env: workerEnv(site, kind),
    ports: [
      { name: 'health', containerPort: HEALTH_PORT, protocol: 'TCP' },
      { name: 'metrics', containerPort: METRICS_PORT, protocol: 'TCP' },
    ],
    resources: resourcesOf(worker.tier),
    startupProbe: httpProbe('/live', 'health', { periodSeconds: 5, failureThreshold: 24 }),
    livenessProbe: httpProbe('/live', 'health', { periodSeconds: 10, failureThreshold: 6 }),
    readinessProbe: httpProbe('/ready', 'health', { periodSeconds: 10, failureThreshold: 2 }),
    volumeMounts: key.mounts,
  });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(configuration, nameOf(configuration, component), component),
    spec: {
      // Who scales owns the number: to say it here would undo that with each apply.
      ...(isFixed && { replicas: worker.minReplicas }),
      revisionHistoryLimit: 3,
      selector: { matchLabels: selectorOf(configuration, component) },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: { labels: labelsOf(configuration, component) },
        spec: podSpec(configuration, {
          component,
          serviceAccount: nameOf(configuration, kind === 'maintain' ? 'maintain' : 'worker'),
          user: configuration.security.runAsUser,
          containers: [{ ...container, ...(worker.image !== null && { image: worker.image }) }],
          volumes: [...productVolumes(site, worker.scratch), ...key.volumes],
          graceSeconds: GRACE_SECONDS,
          hasToken: isScaler,
        }),
      },
    },
  };
}

/** Headless: each pod is asked by itself, for its metrics and whether it is ready. */
function service(site: Site, kind: WorkerKind): Manifest & { spec: object } {
  const { configuration } = site;
  const component: Component = `worker-${kind}`;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      ...metadataOf(configuration, nameOf(configuration, component), component),
      ...scrapeAnnotations(site, METRICS_PORT, '/metrics'),
    },
    spec: {
      clusterIP: 'None',
      selector: selectorOf(configuration, component),
      ports: [
        { name: 'health', port: HEALTH_PORT, targetPort: 'health', protocol: 'TCP' },
        { name: 'metrics', port: METRICS_PORT, targetPort: 'metrics', protocol: 'TCP' },
      ],
    },
  };
}
