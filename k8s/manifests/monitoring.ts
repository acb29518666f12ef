import { ALERT_GROUPS } from '../monitoring/alert-rules';
import { buildDashboard } from '../monitoring/dashboard';
import type { PlannedObject } from '../phase';
import { type Manifest, planned } from './manifest';
import { type Component, metadataOf, nameOf, selectorOf } from './names';
import { presentWorkers, type Site } from './site';
import { METRICS_TOKEN } from './stores';
import { METRICS_PATH } from './web';

export function monitoring(site: Site): PlannedObject[] {
  const { configuration, hasPrometheus } = site;
  if (!configuration.monitoring.isEnabled) return [];
  const watched = hasPrometheus ? [...monitors(site), alertRules(site)] : [];
  return [...watched, dashboard(site)].map((object) => planned(object, 'present', 'monitoring'));
}

function monitors(site: Site): Manifest[] {
  if (site.isEmbedded) return [monitor(site, 'embedded', { port: 'http', path: METRICS_PATH })];
  return [
    monitor(site, 'web', { port: 'http', path: METRICS_PATH }),
    ...presentWorkers(site).map((kind) => monitor(site, `worker-${kind}`, { port: 'metrics', path: '/metrics' })),
    ...(site.postgres.kind === 'cloudnativepg' ? [postgresMonitor(site)] : []),
  ];
}

function labelled({ configuration }: Site, name: string, component?: Component) {
  const metadata = metadataOf(configuration, name, component);
  return { ...metadata, labels: { ...configuration.monitoring.labels, ...metadata.labels } };
}

function monitor(
  site: Site,
  component: Component,
  endpoint: { port: string; path: string },
): Manifest & { spec: object } {
  const { configuration } = site;
  const { intervalSeconds } = configuration.monitoring;
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: labelled(site, nameOf(configuration, component), component),
    spec: {
      selector: { matchLabels: selectorOf(configuration, component) },
      endpoints: [
        {
          ...endpoint,
          ...(endpoint.path === METRICS_PATH && authorization(site)),
          interval: `${intervalSeconds}s`,
          scrapeTimeout: `${Math.min(10, intervalSeconds)}s`,
        },
      ],
    },
  };
}

/** Of the web; ports of workers are reached by Prometheus alone. */
function authorization({ configuration }: Site): object {
  const { metricsTokenSecret: name } = configuration.security;
  return name === null ? {} : { authorization: { type: 'Bearer', credentials: { name, key: METRICS_TOKEN } } };
}

function postgresMonitor(site: Site): Manifest & { spec: object } {
  const { configuration } = site;
  const name = nameOf(configuration, 'postgres');
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: labelled(site, name, 'postgres'),
    spec: { selector: { matchLabels: { 'cnpg.io/cluster': name } }, podMetricsEndpoints: [{ port: 'metrics' }] },
  };
}

function alertRules(site: Site): Manifest & { spec: object } {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: labelled(site, nameOf(site.configuration, 'alert-rules')),
    spec: { groups: ALERT_GROUPS },
  };
}

/** By its label Grafana's sidecar finds it. */
function dashboard(site: Site): Manifest & { data: Record<string, string> } {
  const metadata = metadataOf(site.configuration, nameOf(site.configuration, 'dashboard'));
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...metadata, labels: { ...metadata.labels, grafana_dashboard: '1' } },
    data: { 'dashboard.json': JSON.stringify(buildDashboard()) },
  };
}
