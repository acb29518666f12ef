import { RESOURCE_TIERS, type ResourceTier } from '@/lib/schemas/resource-tiers';
import type { WorkerKind } from '@/lib/schemas/worker-kinds';
import type { PlannedObject } from '../phase';
import { type Manifest, planned } from './manifest';
import { type Component, metadataOf, nameOf, WEB_PORT } from './names';
import { presentWorkers, type Site } from './site';
import { METRICS_TOKEN } from './stores';

interface Scaling extends Manifest {
  spec: object;
}

const CPU_PERCENT = 70;
/** Pods are taken away slowly: a worker that stops hands back jobs, which costs what they had done. */
const SCALE_DOWN_SECONDS = 300;
const BEHAVIOR = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    selectPolicy: 'Max',
    policies: [
      { type: 'Percent', value: 100, periodSeconds: 30 },
      { type: 'Pods', value: 4, periodSeconds: 30 },
    ],
  },
  scaleDown: {
    stabilizationWindowSeconds: SCALE_DOWN_SECONDS,
    selectPolicy: 'Min',
    policies: [{ type: 'Percent', value: 20, periodSeconds: 60 }],
  },
};

/** What changes the replicas or the resources of a worker kind: one that scales, never two. */
export function scaling(site: Site, kind: WorkerKind): PlannedObject[] {
  const { configuration, scalers, hasVpa } = site;
  const component: Component = `worker-${kind}`;
  const { tier, minReplicas, maxReplicas } = configuration.workers[kind];
  switch (scalers[kind]) {
    case 'none':
    case 'own':
      return [];
    case 'vpa':
      return [planned(verticalAutoscaler(site, component, tier, ['cpu', 'memory']), 'present', 'scaling')];
    case 'keda':
      return [planned(scaledObject(site, kind), 'present', 'scaling')];
    case 'hpa':
      return [
        planned(horizontalAutoscaler(site, component, { minReplicas, maxReplicas }), 'present', 'scaling'),
        ...(hasVpa ? [planned(verticalAutoscaler(site, component, tier, ['memory']), 'present', 'scaling')] : []),
      ];
  }
}

/** On CPU. Where Karmada places the pods, its kind for several clusters, of the same form. */
export function horizontalAutoscaler(
  { configuration, hasKarmada }: Site,
  component: Component,
  replicas: { minReplicas: number; maxReplicas: number },
): Scaling {
  const name = nameOf(configuration, component);
  return {
    apiVersion: hasKarmada ? 'autoscaling.karmada.io/v1alpha1' : 'autoscaling/v2',
    kind: hasKarmada ? 'FederatedHPA' : 'HorizontalPodAutoscaler',
    metadata: metadataOf(configuration, name, component),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicas: Math.max(1, replicas.minReplicas),
      maxReplicas: replicas.maxReplicas,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: CPU_PERCENT } },
        },
      ],
      behavior: BEHAVIOR,
    },
  };
}

const STEPS: readonly ResourceTier[] = ['micro', 'small', 'medium', 'large', 'xlarge'];

/** CPU between the tier below and the one above; memory from the pod's own tier up, for which its heap is sized when it starts. */
function verticalAutoscaler(
  { configuration }: Site,
  component: Component,
  tier: ResourceTier,
  resources: string[],
): Scaling {
  const name = nameOf(configuration, component);
  const step = STEPS.indexOf(tier === 'gpu' ? 'large' : tier);
  const amounts = (ofCpu: ResourceTier, ofMemory: ResourceTier) => ({
    ...(resources.includes('cpu') && { cpu: RESOURCE_TIERS[ofCpu].cpu }),
    memory: `${RESOURCE_TIERS[ofMemory].memoryMiB}Mi`,
  });
  const above = STEPS[Math.min(STEPS.length - 1, step + 1)] ?? tier;
  return {
    apiVersion: 'autoscaling.k8s.io/v1',
    kind: 'VerticalPodAutoscaler',
    metadata: metadataOf(configuration, name, component),
    spec: {
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      updatePolicy: { updateMode: 'InPlaceOrRecreate' },
      resourcePolicy: {
        containerPolicies: [
          {
            containerName: 'worker',
            controlledResources: resources,
            controlledValues: 'RequestsAndLimits',
            minAllowed: amounts(STEPS[Math.max(0, step - 1)] ?? tier, tier),
            maxAllowed: amounts(above, above),
          },
        ],
      },
    },
  };
}

/** Where the web tells of each kind how many replicas its work needs, and how many are foreseen. */
const LOAD_PATH = '/api/v1/scaling';

/** By backlog; where the strategy is predictive also by forecast. The greater wins: a wrong forecast never scales below need. */
function scaledObject({ configuration }: Site, kind: WorkerKind): Scaling {
  const component: Component = `worker-${kind}`;
  const name = nameOf(configuration, component);
  const { minReplicas, maxReplicas, scaling: strategy } = configuration.workers[kind];
  const url = `http://${nameOf(configuration, 'web')}.${configuration.namespace}.svc:${WEB_PORT}${LOAD_PATH}/${kind}`;
  const hasToken = configuration.security.metricsTokenSecret !== null;
  const trigger = (field: string) => ({
    type: 'metrics-api',
    name: field,
    metricType: 'AverageValue',
    metadata: { url, valueLocation: field, targetValue: '1', format: 'json', ...(hasToken && { authMode: 'bearer' }) },
    ...(hasToken && { authenticationRef: { name: nameOf(configuration, 'metrics') } }),
  });
  return {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: metadataOf(configuration, name, component),
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      minReplicaCount: minReplicas,
      maxReplicaCount: maxReplicas,
      pollingInterval: 15,
      cooldownPeriod: SCALE_DOWN_SECONDS,
      // While the web does not answer the number stays.
      fallback: { failureThreshold: 3, replicas: minReplicas, behavior: 'currentReplicasIfHigher' },
      advanced: { horizontalPodAutoscalerConfig: { name, behavior: BEHAVIOR } },
      triggers: [trigger('desiredReplicas'), ...(strategy === 'predictive' ? [trigger('predictedReplicas')] : [])],
    },
  };
}

/** By which KEDA asks the web, where it wants a token. */
export function triggerAuthentication(site: Site): PlannedObject[] {
  const { configuration, scalers } = site;
  const { metricsTokenSecret: name } = configuration.security;
  if (name === null || !presentWorkers(site).some((kind) => scalers[kind] === 'keda')) return [];
  const object: Scaling = {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'TriggerAuthentication',
    metadata: metadataOf(configuration, nameOf(configuration, 'metrics')),
    spec: { secretTargetRef: [{ parameter: 'token', name, key: METRICS_TOKEN }] },
  };
  return [planned(object, 'present', 'scaling')];
}
