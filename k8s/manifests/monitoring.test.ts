import { expect, test } from 'vitest';
import { readClusterConfiguration } from '@/lib/schemas/cluster-configuration';
import { ALERT_GROUPS } from '../monitoring/alert-rules';
import { buildPhases } from './build-phases';

const objectsWith = (engines: string[]) =>
  buildPhases(readClusterConfiguration({}), new Set(engines)).flatMap(({ objects }) =>
    objects.map(({ object }) => object),
  );

test('alert rules and the dashboard are objects of the cluster', () => {
  const objects = objectsWith(['monitoring.coreos.com']);
  const rules = objects.find(({ kind }) => kind === 'PrometheusRule');
  const dashboard = objects.find(({ metadata }) => metadata?.labels?.grafana_dashboard === '1');

  expect(rules).toMatchObject({ metadata: { name: 'elder-alert-rules' }, spec: { groups: ALERT_GROUPS } });
  expect(dashboard).toMatchObject({ data: { 'dashboard.json': expect.stringContaining('"panels"') } });
});

test('without the operator of Prometheus there is the dashboard and no rules', () => {
  const objects = objectsWith([]);

  expect(objects.filter(({ kind }) => kind === 'PrometheusRule')).toEqual([]);
  expect(objects.filter(({ metadata }) => metadata?.labels?.grafana_dashboard === '1')).toHaveLength(1);
});
