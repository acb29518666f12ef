import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { instanceMetrics, processMetrics } from '@/lib/services/metric-registries';
import '@/lib/services/metrics';
import { ALERT_GROUPS } from './alert-rules';
import { buildDashboard } from './dashboard';
import { MONITORING_FILES } from './files';

/** Measured by Prometheus itself. */
const OF_OTHERS = ['up'];
const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

function namesIn(expr: string): string[] {
  return [...expr.replaceAll(/"[^"]*"/g, '').matchAll(/\b(?:elder_\w+|up)\b/g)].map(([name]) => name);
}

function known(): Set<string> {
  const all = [...processMetrics.getMetricsAsArray(), ...instanceMetrics.getMetricsAsArray()];
  const names = all.flatMap(({ name, type }) =>
    // prom-client names types by number: histograms have three series.
    String(type) === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
  );
  return new Set([...names, ...OF_OTHERS]);
}

function queries(): string[] {
  return buildDashboard().panels.flatMap((panel) => ('targets' in panel ? panel.targets.map(({ expr }) => expr) : []));
}

test('the files for Prometheus and Grafana are those that the builders make', () => {
  // JSON is a part of YAML; how the lines are broken says nothing.
  for (const [file, text] of Object.entries(MONITORING_FILES)) {
    expect(parse(readFileSync(file, 'utf8')), file).toEqual(parse(text));
  }
});

test('every query of the dashboard and of an alert asks for metrics that are measured', () => {
  const rules = ALERT_GROUPS.flatMap((group) => group.rules.map(({ expr }) => expr));
  const all = [...queries(), ...rules];
  const measured = known();

  expect(queries().length).toBeGreaterThan(25);
  for (const expr of all) {
    expect(namesIn(expr), expr).not.toEqual([]);
    expect(namesIn(expr).filter((name) => !measured.has(name))).toEqual([]);
  }
});

test('no two panels of the dashboard lie on each other', () => {
  const cells = buildDashboard().panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, at) => `${x + (at % w)} ${y + Math.floor(at / w)}`),
  );

  expect(new Set(cells).size).toBe(cells.length);
});

test('docs/monitoring.md says of every alert what to do', () => {
  const page = readFileSync('docs/monitoring.md', 'utf8');
  const described = [...page.matchAll(/^\| `(Elder\w+)` \|/gm)].map(([, name]) => name);

  expect(described).toEqual(ALERT_GROUPS.flatMap(({ rules }) => rules.map(({ alert }) => alert)));
});

const how = hasPromtool ? 'by promtool' : 'SKIPPED: promtool (Debian package prometheus) is not installed';
describe.runIf(hasPromtool)(`alert rules, ${how}`, () => {
  test.each([
    ['check', 'k8s/monitoring/alert-rules.yml'],
    ['test', 'k8s/monitoring/alert-rules.test.yml'],
  ])('%s', (verb, file) => {
    const { status, stdout, stderr } = spawnSync('promtool', [verb, 'rules', file], { encoding: 'utf8' });

    expect(`${stdout}${stderr}`).toContain('SUCCESS');
    expect(status).toBe(0);
  });

  test('every query of the dashboard can be read', () => {
    const rules = queries().map((expr, at) => ({ record: `query_${at}`, expr }));
    const folder = mkdtempSync(path.join(tmpdir(), 'elder-queries-'));
    const file = path.join(folder, 'queries.yml');
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'queries', rules }] }));
    const { stdout, stderr } = spawnSync('promtool', ['check', 'rules', file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });

    expect(`${stdout}${stderr}`).toContain(`SUCCESS: ${rules.length} rules found`);
  });
});
