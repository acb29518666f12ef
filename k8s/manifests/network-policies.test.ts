import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { anyCase, type Case } from '@/tests/support/cluster-configurations';
import { at, matches, type PlannedPod, plannedObjects, plannedPods, type Tree } from '@/tests/support/planned-pods';

interface Rule {
  from?: PolicyPeer[];
  to?: PolicyPeer[];
  ports: { port: number; protocol: string }[];
}
interface PolicyPeer {
  podSelector?: { matchLabels: Record<string, string> };
  namespaceSelector?: { matchLabels: Record<string, string> };
  ipBlock?: { cidr: string; except?: string[] };
}
type Labels = Readonly<Record<string, string>>;

/** What a cluster makes of the policies: closed as soon as one chooses the pod, open where one of them says so. */
function enforcing(objects: readonly Tree[]) {
  const policies = objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ spec }) => spec as { podSelector: { matchLabels?: Labels }; ingress?: Rule[]; egress?: Rule[] });
  const of = (pod: Labels) => policies.filter(({ podSelector }) => matches(podSelector.matchLabels ?? {}, pod));
  const opens = (rules: readonly Rule[], port: number, isPeer: (peer: PolicyPeer) => boolean) =>
    rules.some((rule) => rule.ports.some((one) => one.port === port) && (rule.from ?? rule.to ?? []).some(isPeer));
  const isPod = (labels: Labels) => (peer: PolicyPeer) =>
    peer.podSelector !== undefined &&
    peer.namespaceSelector === undefined &&
    matches(peer.podSelector.matchLabels, labels);
  const isNamespace = (name: string) => (peer: PolicyPeer) =>
    peer.namespaceSelector?.matchLabels['kubernetes.io/metadata.name'] === name;
  return {
    isClosed: (pod: Labels) => of(pod).length > 0,
    between: (from: Labels, to: Labels, port: number) =>
      opens(
        of(from).flatMap(({ egress = [] }) => egress),
        port,
        isPod(to),
      ) &&
      opens(
        of(to).flatMap(({ ingress = [] }) => ingress),
        port,
        isPod(from),
      ),
    into: (namespace: string, to: Labels, port: number) =>
      opens(
        of(to).flatMap(({ ingress = [] }) => ingress),
        port,
        isNamespace(namespace),
      ),
    out: (from: Labels) => of(from).flatMap(({ egress = [] }) => egress),
  };
}

const labelsOf = (pods: readonly PlannedPod[], owner: RegExp) =>
  pods.find((pod) => owner.test(pod.owner))?.labels ?? {};
const setUp = (given: unknown) => {
  const objects = plannedObjects({ configuration: readClusterConfiguration(given), engines: new Set() });
  return { ...enforcing(objects), pods: plannedPods(objects) };
};

test('every pod of ours is closed but for what a policy opens', () => {
  fc.assert(
    fc.property(anyCase, (given: Case) => {
      const objects = plannedObjects(given);
      const { isClosed } = enforcing(objects);
      const [denying] = objects.filter(
        ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata?.name?.endsWith('-deny-all'),
      );

      expect(denying?.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
      for (const { labels } of plannedPods(objects)) expect(isClosed(labels)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('in a cluster with its own stores exactly these ways lead from pod to pod', () => {
  const { pods, between } = setUp({ deploymentMode: 'kubernetes' });
  const names = [...new Set(pods.map(({ labels }) => labels['app.kubernetes.io/component'] ?? ''))];
  const labels = (component: string) =>
    pods.find((pod) => pod.labels['app.kubernetes.io/component'] === component)?.labels ?? {};
  const ports = [3000, 5432, 6379, 8080, 8333, 9090];

  const open = names.flatMap((from) =>
    names.flatMap((to) =>
      ports.filter((port) => between(labels(from), labels(to), port)).map((port) => `${from} → ${to} ${port}`),
    ),
  );

  const workers = ['worker-git', 'worker-collect', 'worker-judge', 'worker-deliver', 'worker-maintain'];
  const stores = ['postgres 5432', 'redis 6379', 'objects 8333'];
  const expected = [
    ...['web', ...workers, 'check'].flatMap((from) => stores.map((store) => `${from} → ${store}`)),
    'migrate → postgres 5432',
    'backup → postgres 5432',
    'backup → objects 8333',
    'check → web 3000',
    ...workers.map((worker) => `check → ${worker} 8080`),
  ];
  expect(open.sort()).toEqual(expected.sort());
});

test('from outside of the namespace only proxy and Prometheus come in', () => {
  const { pods, into } = setUp({ deploymentMode: 'kubernetes' });
  const web = labelsOf(pods, /-web$/);
  const git = labelsOf(pods, /worker-git$/);
  const postgres = labelsOf(pods, /-postgres$/);

  expect(into('ingress-nginx', web, 3000)).toBe(true);
  expect(into('monitoring', web, 3000)).toBe(true);
  expect(into('monitoring', git, 9090)).toBe(true);
  expect(into('default', web, 3000)).toBe(false);
  expect(into('ingress-nginx', git, 8080)).toBe(false);
  for (const namespace of ['ingress-nginx', 'monitoring', 'default'])
    expect(into(namespace, postgres, 5432)).toBe(false);
});

test('stores speak to nobody outside, and the internet ends where the inside begins', () => {
  const { pods, out } = setUp({ deploymentMode: 'kubernetes' });
  const blocks = (owner: RegExp) =>
    out(labelsOf(pods, owner)).flatMap(({ to = [] }) => to.flatMap(({ ipBlock }) => ipBlock ?? []));

  for (const store of [/-postgres$/, /-redis$/, /-objects$/, /-backup$/, /migrate/]) expect(blocks(store)).toEqual([]);
  for (const { cidr, except = [] } of blocks(/worker-git$/)) {
    expect(['0.0.0.0/0', '::/0']).toContain(cidr);
    expect(except).toEqual(
      expect.arrayContaining(cidr === '::/0' ? ['fc00::/7'] : ['10.0.0.0/8', '169.254.0.0/16', '192.168.0.0/16']),
    );
  }
});

test('collectors and judges speak to the stores and to nobody else, wherever the Git host is', () => {
  fc.assert(
    fc.property(anyCase, (given: Case) => {
      const objects = plannedObjects(given);
      const { out } = enforcing(objects);
      const { postgres, redis, objects: store } = given.configuration.storage;
      const outside = [postgres, redis, store].flatMap((one) => (one.kind === 'external' ? one.networks : []));
      const pods = plannedPods(objects).filter(({ owner }) => /worker-(?:collect|judge)$/.test(owner));

      for (const { labels } of pods) {
        const blocks = out(labels).flatMap(({ to = [] }) => to.flatMap(({ ipBlock }) => ipBlock?.cidr ?? []));
        expect(blocks.filter((cidr) => !outside.includes(cidr))).toEqual([]);
      }
    }),
    { numRuns: 30 },
  );
  const { pods, out } = setUp({
    deploymentMode: 'kubernetes',
    network: { allowedEgress: [{ networks: ['10.9.8.7/32'], ports: [8443] }] },
  });
  const leavers = pods.filter(({ labels }) => out(labels).some(({ to = [] }) => to.some(({ ipBlock }) => ipBlock)));
  expect(leavers.map(({ owner }) => owner).filter((owner) => /web|worker/.test(owner))).toEqual(
    ['worker-git', 'worker-deliver', 'worker-maintain', 'web'].map((name) => `Deployment elder-${name}`),
  );
});

test('collectors and judges cannot open the secrets of teams', () => {
  const { pods } = setUp({ deploymentMode: 'kubernetes' });
  const holders = pods.filter(({ spec }) =>
    spec.containers.some(({ env = [] }) => env.some(({ name }) => name === 'ENCRYPTION_KEY')),
  );

  expect(holders.map(({ owner }) => owner).filter((owner) => /web|worker/.test(owner))).toEqual(
    ['worker-git', 'worker-deliver', 'worker-maintain', 'web'].map((name) => `Deployment elder-${name}`),
  );
});

test('whoever names the whole internet gets no address inside with it, nor where clouds give out credentials', () => {
  fc.assert(
    fc.property(anyCase, ({ configuration, engines }: Case) => {
      const anywhere = ['0.0.0.0/0', '::/0'];
      const network = {
        ...configuration.network,
        apiServer: { networks: anywhere, ports: [6443] },
        allowedEgress: [{ networks: anywhere, ports: [443] }],
      };
      const policies = plannedObjects({ configuration: { ...configuration, network }, engines }).filter(
        ({ kind }) => kind === 'NetworkPolicy',
      );
      const blocks = policies.flatMap(({ spec }) =>
        ((at(spec, 'egress') ?? []) as Rule[]).flatMap(({ to = [] }) => to.flatMap(({ ipBlock }) => ipBlock ?? [])),
      );

      for (const { cidr, except } of blocks) {
        if (cidr === '0.0.0.0/0') expect(except).toEqual(expect.arrayContaining(['169.254.0.0/16', '10.0.0.0/8']));
        if (cidr === '::/0') expect(except).toEqual(expect.arrayContaining(['fc00::/7', 'fe80::/10']));
      }
    }),
    { numRuns: 30 },
  );
});

test('backups of CloudNativePG go to the internet, or to the network that is named for them', () => {
  const blocksFor = (networks: string[] | undefined) => {
    const objectStore = { destination: 's3://bucket/elder', ...(networks && { networks }) };
    const objects = plannedObjects({
      configuration: readClusterConfiguration({ deploymentMode: 'cloud_native', backup: { objectStore } }),
      engines: new Set(['postgresql.cnpg.io']),
    });
    const rules = enforcing(objects).out({ 'cnpg.io/cluster': 'elder-postgres' });
    const toStore = rules.filter(({ ports }) => ports.some(({ port }) => port === 443) && ports.length === 1);
    return toStore.flatMap(({ to = [] }) => to.flatMap(({ ipBlock }) => ipBlock ?? []));
  };

  for (const { cidr, except } of blocksFor(undefined))
    expect(except).toContain(cidr === '::/0' ? 'fc00::/7' : '169.254.0.0/16');
  expect(blocksFor(undefined)).toHaveLength(2);
  expect(blocksFor(['10.4.0.0/16'])).toEqual([{ cidr: '10.4.0.0/16' }]);
});

test('your own Git host is reached when its network is named', () => {
  const { pods, out } = setUp({
    network: { internetPorts: [], allowedEgress: [{ networks: ['10.9.8.7/32'], ports: [8443] }] },
  });

  const ways = out(labelsOf(pods, /worker-git$/)).filter(({ to = [] }) => to.some(({ ipBlock }) => ipBlock));

  expect(ways).toEqual([{ to: [{ ipBlock: { cidr: '10.9.8.7/32' } }], ports: [{ port: 8443, protocol: 'TCP' }] }]);
});

test('only workers that change replicas reach the API of the cluster', () => {
  const { pods, out } = setUp({ workers: { git: { scaling: 'reactive' } } });
  const reaches = pods.filter(({ labels }) => out(labels).some(({ ports }) => ports.some(({ port }) => port === 6443)));

  expect(reaches.map(({ owner }) => owner)).toEqual(['Deployment elder-worker-maintain']);
});

test('all ports of a policy are ports that the other side has', () => {
  const { pods } = setUp({ deploymentMode: 'kubernetes' });
  const declared = new Set(
    pods.flatMap(({ spec }) =>
      spec.containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort)),
    ),
  );
  const objects = plannedObjects({
    configuration: readClusterConfiguration({ deploymentMode: 'kubernetes' }),
    engines: new Set(),
  });
  const opened = objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .flatMap(({ spec }) =>
      ((at(spec, 'ingress') ?? []) as Rule[]).flatMap(({ ports }) => ports.map(({ port }) => port)),
    );

  expect([...new Set(opened)].filter((port) => !declared.has(port))).toEqual([]);
});

test('operators reach the stores they see to, and stores of theirs what they need', () => {
  const objects = plannedObjects({
    configuration: readClusterConfiguration({ deploymentMode: 'cloud_native' }),
    engines: new Set(['postgresql.cnpg.io', 'redis.redis.opstreelabs.in']),
  });
  const { into, between, out } = enforcing(objects);
  const postgres = { 'cnpg.io/cluster': 'elder-postgres' };
  const redis = { app: 'elder-redis' };
  const sentinel = { app: 'elder-sentinel' };

  expect(into('cnpg-system', postgres, 8000)).toBe(true);
  expect(into('redis-operator', redis, 6379)).toBe(true);
  expect(between(postgres, postgres, 5432)).toBe(true);
  expect(between(sentinel, redis, 6379)).toBe(true);
  expect(between(redis, sentinel, 26_379)).toBe(false);
  expect(out(postgres).some(({ ports }) => ports.some(({ port }) => port === 6443))).toBe(true);
  expect(out(redis).some(({ to = [] }) => to.some(({ ipBlock }) => ipBlock))).toBe(false);
});

test('stores outside are reached in their networks, on their ports, by those who use them', () => {
  const { pods, out } = setUp({
    deploymentMode: 'hybrid',
    network: { internetPorts: [] },
    storage: {
      postgres: { kind: 'external', networks: ['192.0.2.10/32'], port: 6432 },
      redis: { kind: 'external', networks: ['192.0.2.11/32'] },
      objects: { kind: 'external', networks: ['192.0.2.12/32'], port: 9000 },
    },
  });
  const blocks = (owner: RegExp) =>
    out(labelsOf(pods, owner)).flatMap(({ to = [], ports }) =>
      to.flatMap(({ ipBlock }) => (ipBlock ? [`${ipBlock.cidr} ${ports[0]?.port}`] : [])),
    );

  expect(blocks(/-web$/)).toEqual(['192.0.2.10/32 6432', '192.0.2.11/32 6379', '192.0.2.12/32 9000']);
  expect(blocks(/migrate/)).toEqual(['192.0.2.10/32 6432']);
});
