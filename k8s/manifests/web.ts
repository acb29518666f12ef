import type { PlannedObject } from '../phase';
import { disruptionBudget } from './disruption-budget';
import { type Manifest, planned } from './manifest';
import { labelsOf, metadataOf, nameOf, selectorOf, WEB_PORT } from './names';
import { httpProbe, podSpec, resourcesOf, scrapeAnnotations, scratch } from './pods';
import { productContainer, productVolumes, webCommand, webEnv } from './programs';
import { horizontalAutoscaler } from './scaling';
import type { Site } from './site';

export const LIVE_PATH = '/api/v1/health/live';
export const READY_PATH = '/api/v1/health/ready';
export const METRICS_PATH = '/api/v1/metrics';

/** Seconds in which a pod that ends still answers: until the last proxy has heard of it. */
const LEAVE_SECONDS = 10;
const GRACE_SECONDS = 45;

/** API, live updates and pages, which are one process. */
export function web(site: Site): PlannedObject[] {
  const { configuration } = site;
  const { minReplicas, maxReplicas, scaling } = configuration.web;
  return [
    planned(webService(site, 'web'), 'present', 'web'),
    planned(disruptionBudget(site, 'web'), 'present', 'web'),
    planned(deployment(site), 'rolled-out', 'web'),
    ...(scaling === 'hpa'
      ? [planned(horizontalAutoscaler(site, 'web', { minReplicas, maxReplicas }), 'present', 'scaling')]
      : []),
  ];
}

function deployment(site: Site): Manifest & { spec: object } {
  const { configuration } = site;
  const { tier, minReplicas, scaling } = configuration.web;
  const container = productContainer(site, {
    name: 'web',
    args: webCommand(tier),
    env: webEnv(site),
    ports: [{ name: 'http', containerPort: WEB_PORT, protocol: 'TCP' }],
    resources: resourcesOf(tier),
    startupProbe: httpProbe(LIVE_PATH, 'http', { periodSeconds: 5, failureThreshold: 24 }),
    livenessProbe: httpProbe(LIVE_PATH, 'http', { periodSeconds: 10, failureThreshold: 6 }),
    readinessProbe: httpProbe(READY_PATH, 'http', { periodSeconds: 5, failureThreshold: 2 }),
    lifecycle: { preStop: { sleep: { seconds: LEAVE_SECONDS } } },
    volumeMounts: [{ name: 'pages', mountPath: '/app/.next/cache' }],
  });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadataOf(configuration, nameOf(configuration, 'web'), 'web'),
    spec: {
      ...(scaling === 'manual' && { replicas: minReplicas }),
      revisionHistoryLimit: 3,
      selector: { matchLabels: selectorOf(configuration, 'web') },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: { labels: labelsOf(configuration, 'web') },
        spec: podSpec(configuration, {
          component: 'web',
          serviceAccount: nameOf(configuration, 'web'),
          user: configuration.security.runAsUser,
          containers: [container],
          volumes: [...productVolumes(site, '10Gi'), scratch('pages', '1Gi')],
          graceSeconds: GRACE_SECONDS,
        }),
      },
    },
  };
}

export function webService(site: Site, component: 'web' | 'embedded'): Manifest & { spec: object } {
  const { configuration } = site;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      ...metadataOf(configuration, nameOf(configuration, 'web'), component),
      ...scrapeAnnotations(site, WEB_PORT, METRICS_PATH),
    },
    spec: {
      type: 'ClusterIP',
      selector: selectorOf(configuration, component),
      ports: [{ name: 'http', port: WEB_PORT, targetPort: 'http', protocol: 'TCP' }],
    },
  };
}
