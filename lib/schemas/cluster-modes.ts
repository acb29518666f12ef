/** Where an instance runs; each means other objects, engines and replicas: see docs/kubernetes.md. */
export const DEPLOYMENT_MODES = ['single_node', 'multi_node', 'kubernetes', 'cloud_native', 'hybrid', 'edge'] as const;
export type DeploymentMode = (typeof DEPLOYMENT_MODES)[number];

/** Modes in which one pod holds web, worker and database. */
export const EMBEDDED_MODES: readonly DeploymentMode[] = ['single_node', 'edge'];

const one = { minReplicas: 1, maxReplicas: 1, scaling: 'manual' };
const few = { minReplicas: 2, maxReplicas: 2, scaling: 'manual' };
const some = { minReplicas: 2, maxReplicas: 8, scaling: 'hpa' };
const many = { minReplicas: 2, maxReplicas: 20, scaling: 'custom' };

const workersOf = (usual: object, lone: object) => ({
  git: { ...usual, tier: 'medium' },
  collect: { ...usual, tier: 'medium' },
  judge: { ...usual, tier: 'medium' },
  deliver: { ...lone, tier: 'small' },
  maintain: { ...lone, tier: 'small' },
});

const EMBEDDED = {
  nodes: { spreadBy: [] },
  storage: { postgres: { kind: 'embedded' }, redis: { kind: 'none' }, objects: { kind: 'volume' } },
  monitoring: { isEnabled: false },
  backup: { isEnabled: false },
};

/** What a configuration of each mode has unless it says otherwise. */
export const MODE_DEFAULTS: Readonly<Record<DeploymentMode, object>> = {
  single_node: { ...EMBEDDED, embedded: { tier: 'medium', concurrency: 2 } },
  edge: { ...EMBEDDED, embedded: { tier: 'small', concurrency: 1 }, network: { expose: 'none' } },
  multi_node: {
    nodes: { spreadBy: ['kubernetes.io/hostname'] },
    web: few,
    workers: workersOf(few, one),
    storage: { postgres: { kind: 'statefulset' }, redis: { kind: 'none' }, objects: { kind: 'seaweedfs' } },
    monitoring: { isEnabled: false },
  },
  kubernetes: {
    web: { ...some, maxReplicas: 4 },
    workers: workersOf(some, few),
    storage: { postgres: { kind: 'statefulset' }, redis: { kind: 'statefulset' }, objects: { kind: 'seaweedfs' } },
  },
  cloud_native: {
    network: { expose: 'gateway' },
    web: { ...some, maxReplicas: 10 },
    workers: workersOf(many, { ...some, maxReplicas: 4 }),
    storage: {
      postgres: { kind: 'cloudnativepg', instances: 3 },
      redis: { kind: 'operator', instances: 3 },
      objects: { kind: 'seaweedfs' },
    },
    disasterRecovery: { isEnabled: true },
  },
  hybrid: {
    web: { ...some, maxReplicas: 4 },
    workers: workersOf({ ...some, maxReplicas: 20 }, few),
    storage: { postgres: { kind: 'external' }, redis: { kind: 'external' }, objects: { kind: 'external' } },
    backup: { isEnabled: false },
  },
};
