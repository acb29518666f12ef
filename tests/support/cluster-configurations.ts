import fc from 'fast-check';
import { ENGINES } from '@/k8s/manifests/site';
import { STRATEGY_IDS } from '@/lib/scaling/strategies/strategy';
import { type ClusterConfiguration, readClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { DEPLOYMENT_MODES, type DeploymentMode, EMBEDDED_MODES } from '@/lib/schemas/cluster-modes';
import { RESOURCE_TIER_IDS } from '@/lib/schemas/resource-tiers';
import { WORKER_KINDS } from '@/lib/schemas/worker-kinds';

export interface Case {
  configuration: ClusterConfiguration;
  engines: Set<string>;
}

/** Any configuration that is accepted, on a cluster with any engines. */
export const anyCase: fc.Arbitrary<Case> = fc
  .constantFrom(...DEPLOYMENT_MODES)
  .chain((mode) => fc.record({ given: givenFor(mode), engines: fc.subarray([...ENGINES]) }))
  .map(({ given, engines }) => ({ configuration: readClusterConfiguration(given), engines: new Set(engines) }));

const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const objectName = fc.constantFrom('a', 'one-name', 'other-2');
const network = fc.constantFrom('10.20.0.0/16', '192.0.2.7/32', 'fd00::/8');

const external = { kind: fc.constant('external' as const) };
const postgresOf = (mode: DeploymentMode) => {
  if (EMBEDDED_MODES.includes(mode)) return fc.record({ kind: fc.constant('embedded'), size: fc.constant('40Gi') });
  const outside = fc.record({
    ...external,
    port: fc.constantFrom(5432, 6432),
    networks: fc.constant(['192.0.2.10/32']),
  });
  if (mode === 'hybrid') return outside;
  return fc.oneof(
    outside,
    fc.record({
      kind: fc.constant('statefulset'),
      storageClass: orNull(objectName),
      tier: fc.constantFrom('small', 'xlarge'),
    }),
    fc.record({
      kind: fc.constant('cloudnativepg'),
      instances: fc.integer({ min: 1, max: 5 }),
      pooler: fc.boolean(),
      image: fc.constant('ghcr.io/example/postgres:18'),
      timescaledb: fc.boolean(),
    }),
  );
};
const redisOf = (mode: DeploymentMode) => {
  if (EMBEDDED_MODES.includes(mode)) return fc.constant({ kind: 'none' });
  const outside = fc.oneof(fc.constant({ kind: 'none' }), fc.record(external));
  if (mode === 'hybrid') return outside;
  return fc.oneof(
    outside,
    fc.record({ kind: fc.constant('statefulset'), storageClass: orNull(objectName) }),
    fc.record({ kind: fc.constant('operator'), instances: fc.integer({ min: 1, max: 3 }) }),
  );
};
const objectsOf = (mode: DeploymentMode) => {
  if (EMBEDDED_MODES.includes(mode)) return fc.constant({ kind: 'volume' });
  const outside = fc.record({
    ...external,
    endpoint: orNull(fc.constant('https://s3.example.com:9443')),
    port: fc.constantFrom(443, 9443),
  });
  if (mode === 'hybrid') return outside;
  return fc.oneof(outside, fc.record({ kind: fc.constant('seaweedfs'), storageClass: orNull(objectName) }));
};

const replicas = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 30 }));
const worker = fc
  .record({ replicas, scaling: fc.constantFrom(...STRATEGY_IDS), tier: fc.constantFrom(...RESOURCE_TIER_IDS) })
  .map(({ replicas: [least, more], scaling, tier }) => {
    const isFixed = scaling === 'manual' || scaling === 'vpa';
    return { minReplicas: least, maxReplicas: isFixed ? least : least + more, scaling, tier };
  });

function givenFor(mode: DeploymentMode) {
  return fc
    .record({
      deploymentMode: fc.constant(mode),
      name: fc.constantFrom('elder', 'e', 'a-name-of-thirty-characters-30'),
      namespace: objectName,
      image: fc.record({
        digest: orNull(fc.constant(`sha256:${'0a'.repeat(32)}`)),
        pullSecrets: fc.subarray(['pull']),
      }),
      nodes: fc.record({
        selector: fc.constantFrom({}, { 'kubernetes.io/arch': 'amd64' }),
        spreadBy: fc.subarray(['kubernetes.io/hostname', 'topology.kubernetes.io/zone']),
      }),
      network: fc
        .record({
          expose: fc.constantFrom('ingress', 'gateway', 'none'),
          ingressClass: orNull(objectName),
          tlsSecret: orNull(objectName),
          isHttps: fc.boolean(),
          internetPorts: fc.subarray([443, 22]),
          trustedProxies: fc.subarray(['10.0.0.0/8']),
          allowedEgress: fc.array(fc.record({ networks: fc.array(network, { minLength: 1, maxLength: 2 }) }), {
            maxLength: 2,
          }),
        })
        .map((given) => ({ ...given, tlsSecret: given.expose === 'ingress' ? given.tlsSecret : null })),
      security: fc.record({
        firstOwnerSecret: orNull(objectName),
        settingsSecret: orNull(objectName),
        metricsTokenSecret: orNull(fc.constant('token')),
      }),
      storage: fc.record({ postgres: postgresOf(mode), redis: redisOf(mode), objects: objectsOf(mode) }),
      workers: fc.record(Object.fromEntries(WORKER_KINDS.map((kind) => [kind, worker]))),
      monitoring: fc.record({ isEnabled: fc.boolean() }),
      backup: fc.record({
        isEnabled: fc.boolean(),
        objectStore: orNull(
          fc.record({
            destination: fc.constant('s3://bucket/elder'),
            endpoint: orNull(fc.constant('http://s3.example.com')),
          }),
        ),
      }),
      disasterRecovery: fc.record({ isEnabled: fc.boolean() }),
      places: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ places, ...given }) => {
      const isShared = Object.values(given.storage).every(({ kind }) => kind === 'external' || kind === 'none');
      const contexts = Array.from({ length: isShared ? places : Math.min(places, 1) }, (_, index) => ({
        name: `place-${index}`,
        weight: index + 1,
      }));
      if (contexts.length < 2) return { ...given, contexts };
      const workers = Object.fromEntries(
        Object.entries(given.workers).map(([kind, one]) => [
          kind,
          { ...one, scaling: ['manual', 'vpa'].includes(one.scaling) ? one.scaling : 'hpa' },
        ]),
      );
      return { ...given, workers, contexts };
    });
}
