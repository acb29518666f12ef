import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { instanceMetrics, processMetrics } from './metric-registries';
import './metrics';

/** Labels with few values, all of them ours. What comes from outside is none. */
const BOUNDED = [
  'code',
  'command',
  'job',
  'kind',
  'method',
  'outcome',
  'provider',
  'quantile',
  'result',
  'stage',
  'state',
  'status',
];
/** Of prom-client, about Node itself. */
const OF_NODE = /^elder_(?:process|nodejs)_/;

interface Metric {
  name: string;
  help: string;
  labelNames: string[];
}

function own(): Metric[] {
  const all = [...processMetrics.getMetricsAsArray(), ...instanceMetrics.getMetricsAsArray()];
  return (all as unknown as Metric[]).filter(({ name }) => !OF_NODE.test(name));
}

test('every metric says what it is and has bounded labels', () => {
  const metrics = own();

  expect(metrics.length).toBeGreaterThan(20);
  for (const { name, help, labelNames } of metrics) {
    expect(help, name).toMatch(/^.{15,}\.$/);
    expect(BOUNDED, name).toEqual(expect.arrayContaining([...labelNames]));
  }
});

test('docs/monitoring.md describes every metric with its labels, and no other', () => {
  const page = readFileSync('docs/monitoring.md', 'utf8');

  const rows = [...page.matchAll(/^\| `(?<name>elder_\w+)` \| (?<labels>[^|]+) \|/gm)].map(({ groups }) => ({
    name: groups?.name,
    labels: [...(groups?.labels ?? '').matchAll(/`(\w+)`/g)].map(([, label]) => label),
  }));

  const measured = own().map(({ name, labelNames }) => ({ name, labels: [...labelNames] }));
  const byName = (one: { name?: string | undefined }, other: { name?: string | undefined }) =>
    (one.name ?? '').localeCompare(other.name ?? '');
  expect(rows.sort(byName)).toEqual(measured.sort(byName));
});
