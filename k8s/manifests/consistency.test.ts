import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { RESOURCE_TIERS } from '@/lib/schemas/resource-tiers';
import { WORKER_KINDS } from '@/lib/schemas/worker-kinds';
import { PROGRAMS } from '@/scripts/supervisor/programs';
import { anyCase, type Case } from '@/tests/support/cluster-configurations';
import {
  at,
  containersOf,
  matches,
  type PlannedPod,
  plannedObjects,
  plannedPods,
  type Tree,
} from '@/tests/support/planned-pods';
import { neededSecrets } from './needed-secrets';
import { ENGINES } from './site';

const forAll = (name: string, check: (given: Case, objects: Tree[], pods: PlannedPod[]) => void) =>
  test(name, () => {
    const property = fc.property(anyCase, (given) => {
      const objects = plannedObjects(given);
      check(given, objects, plannedPods(objects));
    });
    fc.assert(property, { numRuns: 20 });
  });

const namesOf = (objects: readonly Tree[], ...kinds: string[]) =>
  new Set(objects.filter(({ kind = '' }) => kinds.includes(kind)).map(({ metadata }) => metadata?.name));

forAll('selectors match the pods of the same object, and nothing of another part', (_given, objects, pods) => {
  for (const { kind, metadata, spec } of objects) {
    if (kind !== 'Deployment' && kind !== 'StatefulSet') continue;
    const selector = at(spec, 'selector', 'matchLabels') as Record<string, string>;
    const chosen = pods.filter(({ labels }) => matches(selector, labels)).map(({ owner }) => owner);

    expect(chosen).toEqual([`${kind} ${metadata?.name}`]);
  }
});

forAll('services and disruption budgets choose pods that are there', (_given, objects, pods) => {
  for (const { kind, metadata, spec } of objects) {
    const selector =
      kind === 'Service'
        ? at(spec, 'selector')
        : kind === 'PodDisruptionBudget'
          ? at(spec, 'selector', 'matchLabels')
          : null;
    if (selector === null) continue;
    const chosen = pods.filter(({ labels }) => matches(selector as Record<string, string>, labels));

    expect(chosen.length, `${kind} ${metadata?.name}`).toBe(1);
  }
});

forAll('ports go by names that the pods behind them have', (_given, objects, pods) => {
  for (const { kind, metadata, spec } of objects.filter((object) => object.kind === 'Service')) {
    const [pod] = pods.filter(({ labels }) => matches(at(spec, 'selector') as Record<string, string>, labels));
    const ports = pod?.spec.containers.flatMap((container) => container.ports ?? []) ?? [];
    for (const { targetPort, port } of at(spec, 'ports') as { targetPort: string; port: number }[]) {
      expect(ports, `${kind} ${metadata?.name}`).toContainEqual(
        expect.objectContaining({ name: targetPort, containerPort: port }),
      );
    }
  }
  for (const { spec } of pods) {
    for (const { ports = [], startupProbe, livenessProbe, readinessProbe } of spec.containers) {
      const named = ports.map(({ name }) => name);
      for (const probe of [startupProbe, livenessProbe, readinessProbe]) {
        const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port;
        if (port !== undefined) expect(named).toContain(port);
      }
    }
  }
});

forAll('what is exposed and what is scraped leads to a port of a service', (_given, objects) => {
  const services = objects.filter(({ kind }) => kind === 'Service');
  for (const { kind, spec } of objects) {
    if (kind === 'Ingress') {
      const { name, port } = at(spec, 'rules', 0, 'http', 'paths', 0, 'backend', 'service') as {
        name: string;
        port: { name: string };
      };
      const service = services.find(({ metadata }) => metadata?.name === name);
      expect(at(service?.spec, 'ports')).toContainEqual(expect.objectContaining({ name: port.name }));
    }
    if (kind === 'HTTPRoute') {
      const { name, port } = at(spec, 'rules', 0, 'backendRefs', 0) as { name: string; port: number };
      const service = services.find(({ metadata }) => metadata?.name === name);
      expect(at(service?.spec, 'ports')).toContainEqual(expect.objectContaining({ port }));
    }
    if (kind === 'ServiceMonitor') {
      const selector = at(spec, 'selector', 'matchLabels') as Record<string, string>;
      const chosen = services.filter(({ metadata }) => matches(selector, metadata?.labels));
      expect(chosen).toHaveLength(1);
      expect(at(chosen[0]?.spec, 'ports')).toContainEqual(
        expect.objectContaining({ name: at(spec, 'endpoints', 0, 'port') }),
      );
    }
  }
});

forAll('accounts, config maps and volumes that pods name are planned', (_given, objects, pods) => {
  const accounts = namesOf(objects, 'ServiceAccount');
  const maps = namesOf(objects, 'ConfigMap');
  const claims = namesOf(objects, 'PersistentVolumeClaim');
  for (const { spec, owner } of pods) {
    expect(accounts, owner).toContain(spec.serviceAccountName);
    for (const { configMap, persistentVolumeClaim } of spec.volumes ?? []) {
      if (configMap) expect(maps, owner).toContain(configMap.name);
      if (persistentVolumeClaim) expect(claims, owner).toContain(persistentVolumeClaim.claimName);
    }
    const volumes = new Set(spec.volumes?.map(({ name }) => name));
    const mounted = new Set(
      [...(spec.initContainers ?? []), ...spec.containers].flatMap(({ volumeMounts = [] }) =>
        volumeMounts.map(({ name }) => name),
      ),
    );
    expect(mounted, owner).toEqual(volumes);
  }
});

forAll(
  'each Secret and key that an object names is one that is needed, and none is needed for nothing',
  ({ configuration, engines }, objects, pods) => {
    const needed = new Map(neededSecrets(configuration, engines).map(({ name, keys }) => [name, keys]));
    const named = new Map<string, Set<string>>();
    const note = (name: string, ...keys: string[]) => named.set(name, new Set([...(named.get(name) ?? []), ...keys]));
    for (const pod of pods) {
      for (const { name } of pod.spec.imagePullSecrets ?? []) note(name ?? '');
      for (const { secret } of pod.spec.volumes ?? [])
        if (secret) note(secret.secretName ?? '', ...(secret.items ?? []).map(({ key }) => key));
      for (const { env = [], envFrom = [] } of containersOf(pod)) {
        for (const { secretRef } of envFrom) if (secretRef) note(secretRef.name ?? '');
        for (const { valueFrom } of env)
          if (valueFrom?.secretKeyRef) note(valueFrom.secretKeyRef.name ?? '', valueFrom.secretKeyRef.key);
      }
    }
    for (const { kind, spec } of objects) {
      if (kind === 'Ingress')
        for (const { secretName } of (at(spec, 'tls') ?? []) as { secretName: string }[]) note(secretName);
      for (const { name, key } of (at(spec, 'secretTargetRef') ?? []) as { name: string; key: string }[])
        note(name, key);
      const ofMonitor = at(spec, 'endpoints', 0, 'authorization', 'credentials') as
        | { name: string; key: string }
        | undefined;
      if (ofMonitor) note(ofMonitor.name, ofMonitor.key);
      if (kind === 'RedisReplication') note(String(at(spec, 'kubernetesConfig', 'redisSecret', 'name')), 'password');
      if (kind !== 'Cluster') continue;
      note(String(at(spec, 'bootstrap', 'initdb', 'secret', 'name')), 'username', 'password');
      note(String(at(spec, 'managed', 'roles', 0, 'passwordSecret', 'name')), 'username', 'password');
      const store = at(spec, 'backup', 'barmanObjectStore', 's3Credentials') as
        | Record<string, { name: string; key: string }>
        | undefined;
      for (const { name, key } of Object.values(store ?? {})) note(name, key);
    }

    for (const [name, keys] of named) {
      expect([...needed.keys()]).toContain(name);
      const known = needed.get(name) ?? [];
      // Names of Secrets may be the same on purpose; then each need says a part of its keys.
      const every = neededSecrets(configuration, engines)
        .filter((one) => one.name === name)
        .flatMap((one) => one.keys);
      expect(known.length === 0 || [...keys].every((key) => every.includes(key)), `${name}: ${[...keys]}`).toBe(true);
    }
    expect([...named.keys()].sort()).toEqual([...needed.keys()].sort());
  },
);

forAll(
  'a deployment has one scaler at most, and says a number of replicas only when it has none',
  (_given, objects) => {
    const scalers = objects.filter(({ kind = '' }) =>
      ['HorizontalPodAutoscaler', 'FederatedHPA', 'ScaledObject'].includes(kind),
    );
    const targets = scalers.map(({ spec }) => at(spec, 'scaleTargetRef', 'name'));
    const own = objects
      .filter(({ kind }) => kind === 'Role')
      .flatMap(({ rules }) => at(rules, 1, 'resourceNames') as string[]);

    expect(new Set([...targets, ...own]).size).toBe(targets.length + own.length);
    for (const { metadata, spec } of objects.filter(({ kind }) => kind === 'Deployment')) {
      const isScaled = [...targets, ...own].includes(metadata?.name);
      expect(at(spec, 'replicas') === undefined, metadata?.name).toBe(isScaled);
    }
  },
);

forAll('where CPU decides on replicas a vertical autoscaler sees to memory alone', (_given, objects) => {
  const byCpu = new Set(
    objects
      .filter(({ kind = '' }) => /HPA|HorizontalPodAutoscaler/.test(kind))
      .map(({ spec }) => at(spec, 'scaleTargetRef', 'name')),
  );
  for (const { kind, spec } of objects) {
    if (kind !== 'VerticalPodAutoscaler') continue;
    const resources = at(spec, 'resourcePolicy', 'containerPolicies', 0, 'controlledResources');
    expect(resources).toEqual(byCpu.has(at(spec, 'targetRef', 'name')) ? ['memory'] : ['cpu', 'memory']);
  }
});

forAll('no pod is given less memory than its heap was sized for', (_given, objects, pods) => {
  for (const { kind, metadata, spec } of objects) {
    if (kind !== 'VerticalPodAutoscaler') continue;
    const pod = pods.find(({ owner }) => owner === `Deployment ${metadata?.name}`);
    const least = at(spec, 'resourcePolicy', 'containerPolicies', 0, 'minAllowed', 'memory') as string;
    const args = pod?.spec.containers[0]?.args ?? [];
    const heapMiB = Number(args.join(' ').match(/--max-old-space-size=(\d+)/)?.[1]);

    expect(least).toMatch(/^\d+Mi$/);
    expect(heapMiB).toBeLessThanOrEqual(Number.parseInt(least, 10) * 0.6);
  }
});

forAll(
  'where the web wants a token for its metrics, all that ask it send that one',
  ({ configuration }, objects, pods) => {
    const { metricsTokenSecret } = configuration.security;
    const front = pods.find(({ owner }) => /-(?:web|embedded)$/.test(owner));
    const wanted = front?.spec.containers[0]?.env?.find(({ name }) => name === 'METRICS_TOKEN')?.valueFrom
      ?.secretKeyRef;
    const monitors = objects.filter(
      ({ kind, metadata }) => kind === 'ServiceMonitor' && metadata?.name?.endsWith('-web'),
    );
    const triggers = objects.flatMap(({ kind, spec }) =>
      kind === 'ScaledObject'
        ? (at(spec, 'triggers') as { metadata: object; authenticationRef?: { name: string } }[])
        : [],
    );
    const authentication = objects.find(({ kind }) => kind === 'TriggerAuthentication');

    expect(wanted?.name ?? null).toBe(metricsTokenSecret);
    for (const { spec } of monitors) expect(at(spec, 'endpoints', 0, 'authorization', 'credentials')).toEqual(wanted);
    for (const trigger of triggers) expect(trigger.authenticationRef?.name).toBe(authentication?.metadata?.name);
    if (triggers.length > 0 && wanted)
      expect(at(authentication?.spec, 'secretTargetRef')).toEqual([{ parameter: 'token', ...wanted }]);
  },
);

forAll('no pod has a privilege, a writable root or room without a limit', (_given, _objects, pods) => {
  for (const pod of pods) {
    const { spec, owner } = pod;
    expect(spec.securityContext, owner).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(spec.securityContext?.runAsUser, owner).toBeGreaterThan(0);
    expect([spec.hostNetwork, spec.hostPID, spec.hostIPC, spec.hostUsers], owner).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    for (const { emptyDir, hostPath } of spec.volumes ?? []) {
      expect(hostPath, owner).toBeUndefined();
      if (emptyDir) expect(emptyDir.sizeLimit, owner).toMatch(/^\d+[MG]i$/);
    }
    for (const { securityContext, resources, ports = [] } of containersOf(pod)) {
      expect(securityContext, owner).toEqual({
        allowPrivilegeEscalation: false,
        privileged: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(resources?.limits?.memory, owner).toBeDefined();
      expect(
        ports.some(({ hostPort }) => hostPort !== undefined),
        owner,
      ).toBe(false);
    }
  }
});

forAll('only workers that change replicas have a token, and a right on nothing but those', (_given, objects, pods) => {
  const roles = objects.filter(({ kind }) => kind === 'Role');
  const tokens = pods
    .filter(({ spec }) => spec.automountServiceAccountToken)
    .map(({ owner }) => owner.replace(/.*-worker-/, ''));

  expect(objects.some(({ kind = '' }) => kind.startsWith('ClusterRole'))).toBe(false);
  expect(tokens).toEqual(roles.length > 0 ? ['maintain'] : []);
  for (const rule of roles.flatMap(
    ({ rules }) => rules as { verbs: string[]; resources: string[]; apiGroups: string[]; resourceNames?: string[] }[],
  )) {
    expect([...rule.verbs, ...rule.resources, ...rule.apiGroups]).not.toContain('*');
    if (rule.verbs.join() !== 'create') expect(rule.resourceNames?.length).toBeGreaterThan(0);
    expect(rule.resources).not.toContain('secrets');
  }
});

forAll(
  'a lost node is left within the seconds that are asked for, and replicas are spread',
  ({ configuration }, _objects, pods) => {
    for (const { spec, owner } of pods) {
      const lost = spec.tolerations
        ?.filter(({ effect }) => effect === 'NoExecute')
        .map(({ tolerationSeconds }) => tolerationSeconds);
      expect(lost, owner).toEqual([configuration.nodes.lostAfterSeconds, configuration.nodes.lostAfterSeconds]);
      const keys = spec.topologySpreadConstraints?.map(({ topologyKey }) => topologyKey) ?? [];
      expect(keys, owner).toEqual(/^(Deployment|StatefulSet)/.test(owner) ? configuration.nodes.spreadBy : []);
    }
  },
);

forAll('settings that are put together name only what stands before them', (_given, _objects, pods) => {
  for (const pod of pods) {
    for (const { env = [] } of containersOf(pod)) {
      const before = new Set<string>();
      for (const { name, value = '' } of env) {
        for (const [, used = ''] of value.matchAll(/\$\((\w+)\)/g)) expect(before).toContain(used);
        expect(before).not.toContain(name);
        before.add(name);
      }
    }
  }
});

test('a web has a heap that leaves room for its thread', () => {
  for (const tier of ['small', 'medium', 'large', 'xlarge'] as const) {
    const configuration = readClusterConfiguration({ web: { tier } });
    const pods = plannedPods(plannedObjects({ configuration, engines: new Set() }));
    const [container] = pods.find(({ owner }) => owner === 'Deployment elder-web')?.spec.containers ?? [];

    expect(container?.args).toContain(`--max-old-space-size=${RESOURCE_TIERS[tier].memoryMiB / 2}`);
  }
});

test('pods have what their tier says', () => {
  for (const tier of Object.keys(RESOURCE_TIERS) as (keyof typeof RESOURCE_TIERS)[]) {
    const configuration = readClusterConfiguration({ workers: { collect: { tier } } });
    const pods = plannedPods(plannedObjects({ configuration, engines: new Set() }));
    const [container] = pods.find(({ owner }) => owner === 'Deployment elder-worker-collect')?.spec.containers ?? [];
    const { cpu, memoryMiB } = RESOURCE_TIERS[tier];

    expect(container?.resources?.requests).toMatchObject({ cpu, memory: `${memoryMiB}Mi` });
    expect(container?.resources?.limits).toEqual(container?.resources?.requests);
    expect(container?.resources?.limits?.['nvidia.com/gpu']).toBe(tier === 'gpu' ? '1' : undefined);
    const heap = Number(/--max-old-space-size=(\d+)/.exec(container?.args?.join(' ') ?? '')?.[1]);
    expect(heap).toBeLessThan(memoryMiB * 0.7);
    expect(heap).toBeGreaterThan(memoryMiB * 0.5);
  }
  expect(RESOURCE_TIERS.micro).toEqual({ cpu: '100m', memoryMiB: 128 });
  expect(RESOURCE_TIERS.xlarge).toEqual({ cpu: '4', memoryMiB: 8192 });
});

const ALL_OF_A_CLUSTER: Case = {
  configuration: readClusterConfiguration({ deploymentMode: 'cloud_native', monitoring: { isEnabled: true } }),
  engines: new Set(ENGINES),
};

test('workers take their own kind, are probed on 8080 and scraped on 9090, and are given time to drain', () => {
  const pods = plannedPods(plannedObjects(ALL_OF_A_CLUSTER));
  for (const kind of WORKER_KINDS) {
    const pod = pods.find(({ owner }) => owner === `Deployment elder-worker-${kind}`);
    const [container] = pod?.spec.containers ?? [];

    expect(container?.env).toContainEqual({ name: 'WORKER_KINDS', value: kind });
    expect(container?.ports?.map(({ name, containerPort }) => [name, containerPort])).toEqual([
      ['health', 8080],
      ['metrics', 9090],
    ]);
    expect(container?.livenessProbe?.httpGet).toEqual({ path: '/live', port: 'health' });
    expect(container?.readinessProbe?.httpGet).toEqual({ path: '/ready', port: 'health' });
    expect(pod?.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(35);
    expect(container?.volumeMounts).toContainEqual({
      name: 'cluster',
      mountPath: '/etc/elder/cluster',
      readOnly: true,
    });
  }
});

test('the password of the database’s owner is in the pod that migrates and in its check, and in no other', () => {
  const pods = plannedPods(plannedObjects(ALL_OF_A_CLUSTER));

  const holders = pods.filter((pod) =>
    containersOf(pod).some(({ env = [] }) => env.some(({ name }) => name === 'DATABASE_OWNER_URL')),
  );

  expect(holders.map(({ owner }) => owner.replace(/-[0-9a-f]{8}$/, ''))).toEqual([
    'Job elder-check-database',
    'Job elder-migrate',
  ]);
});

test('every program that a pod of ours starts is one that the build makes', () => {
  const bundle = readFileSync('scripts/setup/bundle.mjs', 'utf8');
  const built = new Set(
    [...bundle.matchAll(/^ {2}'?([\w-]+)'?: '(?:[\w-]+\/)*[\w-]+\.ts',$/gm)].map(([, name]) => `dist/${name}.js`),
  );
  for (const deploymentMode of ['cloud_native', 'edge']) {
    const configuration = readClusterConfiguration({ deploymentMode });
    const pods = plannedPods(plannedObjects({ configuration, engines: new Set() }));
    const programs = pods.flatMap((pod) =>
      containersOf(pod).flatMap(({ args = [] }) => args.filter((part) => /^(dist|scripts)\//.test(part))),
    );

    expect(programs.length).toBeGreaterThan(1);
    for (const program of programs) expect(program === 'scripts/start.mjs' || built.has(program), program).toBe(true);
  }
});

test.each([
  ['web', '-web'],
  ['worker', '-worker-git'],
] as const)('a %s is started as the supervisor starts it, but for the size of its heap', (program, name) => {
  const pods = plannedPods(plannedObjects(ALL_OF_A_CLUSTER));
  const [container] = pods.find(({ owner }) => owner.endsWith(name))?.spec.containers ?? [];
  const anyHeap = (part: string) => part.replace(/(old-space-size=).*/, '$1');

  expect(container?.args?.map(anyHeap)).toEqual(['node', ...PROGRAMS.production[program].map(anyHeap)]);
});

test('settings of pods are such as the product reads', () => {
  const known = readFileSync('lib/env.ts', 'utf8');
  /** Read by next-auth, Next.js, glibc, and the checks of stores; passwords are parts of URLs. */
  const others =
    /^(NEXTAUTH_(URL|SECRET)|NEXT_TELEMETRY_DISABLED|MALLOC_ARENA_MAX|\w+_PASSWORD|S3_\w+|WORKER_(HEALTH|METRICS)_PORT)$/;
  for (const deploymentMode of ['cloud_native', 'edge']) {
    const configuration = readClusterConfiguration({ deploymentMode });
    const pods = plannedPods(plannedObjects({ configuration, engines: new Set(ENGINES) }));
    const ours = pods.flatMap((pod) => containersOf(pod)).filter(({ image }) => image?.startsWith('ancient-elder'));

    expect(ours.length).toBeGreaterThan(0);
    for (const { name } of ours.flatMap(({ env = [] }) => env)) {
      expect(others.test(name) || new RegExp(`^ {2}${name}: `, 'm').test(known), name).toBe(true);
    }
  }
});
