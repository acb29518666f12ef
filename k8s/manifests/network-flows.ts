import {
  type Component,
  HEALTH_PORT,
  METRICS_PORT,
  OBJECTS_PORT,
  POSTGRES_PORT,
  REDIS_PORT,
  SENTINEL_PORT,
  WEB_PORT,
} from './names';
import { OUTWARD_WORKERS, presentWorkers, type Site, scales } from './site';

/** Who is at one end of a flow. */
export type Peer =
  | { component: Component }
  | { namespace: string; pods?: Record<string, string> }
  | { networks: readonly string[] };

/** A way that is open; all others are closed. */
export interface Flow {
  from: Peer;
  to: Peer;
  ports: readonly { port: number; protocol: 'TCP' | 'UDP' }[];
}

const INTERNET = ['0.0.0.0/0', '::/0'];
/**
 * What the internet is not, whoever names the whole of it: machines inside, and the addresses at which clouds give out
 * credentials. A machine inside is reached where its own network is named.
 */
export const NOT_INTERNET: Readonly<Record<string, readonly string[]>> = {
  '0.0.0.0/0': ['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'],
  '::/0': ['fc00::/7', 'fe80::/10'],
};

const CNPG_STATUS_PORT = 8000;
const CNPG_METRICS_PORT = 9187;
const DNS = { namespace: 'kube-system', pods: { 'k8s-app': 'kube-dns' } };

/** The parts that run in a cluster. */
export function componentsOf(site: Site): Component[] {
  if (site.isEmbedded) return ['embedded', 'check'];
  const workers = presentWorkers(site).map((kind): Component => `worker-${kind}`);
  return [
    'web',
    ...workers,
    'migrate',
    'check',
    ...(site.postgres.kind === 'external' ? [] : (['postgres'] as const)),
    ...(site.redis.kind === 'none' || site.redis.kind === 'external' ? [] : (['redis'] as const)),
    ...(site.redis.kind === 'operator' ? (['sentinel'] as const) : []),
    ...(site.objects.kind === 'seaweedfs' ? (['objects'] as const) : []),
    ...(hasBackups(site) ? (['backup'] as const) : []),
  ];
}

/** Whether a job of ours backs up what lies in the cluster; an external database and an operator's have their own ways. */
export function hasBackups({ postgres, configuration }: Site): boolean {
  return postgres.kind === 'statefulset' && configuration.backup.isEnabled;
}

/** Every way that is open in the namespace. */
export function flowsOf(site: Site): Flow[] {
  const { configuration, postgres, redis, objects } = site;
  const { network, monitoring } = configuration;
  const workers = presentWorkers(site).map((kind) => ({ component: `worker-${kind}` }) as const);
  const front: Peer = { component: site.isEmbedded ? 'embedded' : 'web' };
  const check: Peer = { component: 'check' };
  const ours: Peer[] = [front, ...workers];
  // What collectors and judges need of a repository lies in the stores.
  const outward: Peer[] = [
    front,
    ...presentWorkers(site)
      .filter((kind) => OUTWARD_WORKERS.includes(kind))
      .map((kind) => ({ component: `worker-${kind}` }) as const),
  ];
  const flows: Flow[] = [];
  const open = (from: Peer | readonly Peer[], to: Peer, ...ports: number[]) => {
    for (const one of [from].flat() as Peer[])
      flows.push({ from: one, to, ports: ports.map((port) => ({ port, protocol: 'TCP' })) });
  };

  for (const component of componentsOf(site)) {
    flows.push({
      from: { component },
      to: DNS,
      ports: [
        { port: 53, protocol: 'UDP' },
        { port: 53, protocol: 'TCP' },
      ],
    });
  }
  if (site.expose !== 'none') open({ namespace: ingressNamespace(site) }, front, WEB_PORT);
  open(check, front, WEB_PORT);
  if (network.internetPorts.length > 0) {
    for (const one of outward) open(one, { networks: INTERNET }, ...network.internetPorts);
  }
  for (const { networks, ports } of network.allowedEgress) open(outward, { networks }, ...ports);
  if (monitoring.isEnabled) {
    open({ namespace: monitoring.namespace }, front, WEB_PORT);
    for (const worker of workers) open({ namespace: monitoring.namespace }, worker, METRICS_PORT);
  }
  if (site.isEmbedded) return flows;

  for (const worker of workers) open(check, worker, HEALTH_PORT);
  if (Object.values(site.scalers).includes('keda')) open({ namespace: network.kedaNamespace }, front, WEB_PORT);
  if (scales(site))
    open({ component: 'worker-maintain' }, { networks: network.apiServer.networks }, ...network.apiServer.ports);

  const readers = [...ours, check];
  if (postgres.kind === 'external')
    open([...readers, { component: 'migrate' }], { networks: postgres.networks }, postgres.port);
  else open([...readers, { component: 'migrate' }], { component: 'postgres' }, POSTGRES_PORT);
  if (hasBackups(site)) open({ component: 'backup' }, { component: 'postgres' }, POSTGRES_PORT);
  if (postgres.kind === 'cloudnativepg') openCloudNativePg(site, postgres.operatorNamespace, open);

  if (redis.kind === 'external') open(readers, { networks: redis.networks }, redis.port);
  else if (redis.kind !== 'none') open(readers, { component: 'redis' }, REDIS_PORT);
  if (redis.kind === 'operator') {
    const [stores, sentinels]: Peer[] = [{ component: 'redis' }, { component: 'sentinel' }] as const;
    const operator = { namespace: redis.operatorNamespace };
    if (stores) open([stores, operator, ...(sentinels ? [sentinels] : [])], stores, REDIS_PORT);
    if (sentinels) open([sentinels, operator], sentinels, SENTINEL_PORT);
  }

  const ofObjects = hasBackups(site) ? [...readers, { component: 'backup' } as const] : readers;
  if (objects.kind === 'external') open(ofObjects, { networks: objects.networks }, objects.port);
  else if (objects.kind === 'seaweedfs') open(ofObjects, { component: 'objects' }, OBJECTS_PORT);
  return flows;
}

type Open = (from: Peer | readonly Peer[], to: Peer, ...ports: number[]) => void;

/** Instances speak to each other, to the API of the cluster, and to the bucket of their backups; the operator speaks to them. */
function openCloudNativePg({ configuration, hasPrometheus }: Site, operatorNamespace: string, open: Open): void {
  const { network, backup, monitoring } = configuration;
  const postgres: Peer = { component: 'postgres' };
  open(postgres, postgres, POSTGRES_PORT, CNPG_STATUS_PORT);
  open({ namespace: operatorNamespace }, postgres, POSTGRES_PORT, CNPG_STATUS_PORT);
  open(postgres, { networks: network.apiServer.networks }, ...network.apiServer.ports);
  if (hasPrometheus) open({ namespace: monitoring.namespace }, postgres, CNPG_METRICS_PORT);
  const store = backup.isEnabled ? backup.objectStore : null;
  if (store === null) return;
  const { port, protocol } = new URL(store.endpoint ?? 'https://s3.amazonaws.com');
  open(postgres, { networks: store.networks }, Number(port || (protocol === 'https:' ? 443 : 80)));
}

function ingressNamespace({ configuration, expose }: Site): string {
  const { network } = configuration;
  return expose === 'gateway' ? network.gateway.namespace : network.ingressNamespace;
}
