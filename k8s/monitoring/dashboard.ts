interface Query {
  expr: string;
  /** Of its line; `{{label}}` stands for a label. */
  legend: string;
}

interface PanelSketch {
  title: string;
  queries: readonly Query[];
  unit?: 'short' | 's' | 'bytes' | 'percentunit' | 'reqps';
  /** One number in place of lines. */
  isStat?: boolean;
}

const rate = (metric: string, by: string) => `sum by (${by}) (rate(${metric}[5m]))`;
const quantile = (share: number, metric: string, by: string) =>
  `histogram_quantile(${share}, sum by (le, ${by}) (rate(${metric}_bucket[5m])))`;
/** Of the whole installation, as every web process tells it. */
const once = (metric: string, by = '') => (by === '' ? `max(${metric})` : `max by (${by}) (${metric})`);

const ROWS: readonly { title: string; panels: readonly PanelSketch[] }[] = [
  {
    title: 'Now',
    panels: [
      { title: 'Web ready', isStat: true, queries: [{ expr: once('elder_ready'), legend: '' }] },
      {
        title: 'Audits running',
        isStat: true,
        queries: [{ expr: once('elder_audits{status="running"}'), legend: '' }],
      },
      { title: 'Jobs set aside', isStat: true, queries: [{ expr: once('elder_jobs_set_aside'), legend: '' }] },
      { title: 'Workers', queries: [{ expr: once('elder_workers', 'kind'), legend: '{{kind}}' }] },
    ],
  },
  {
    title: 'Audits and jobs',
    panels: [
      {
        title: 'Audits ended in ten minutes',
        queries: [{ expr: once('elder_audits_ended_recently', 'status'), legend: '{{status}}' }],
      },
      {
        title: 'Time of an audit',
        unit: 's',
        queries: [{ expr: once('elder_audit_recent_seconds', 'quantile'), legend: '{{quantile}}' }],
      },
      {
        title: 'Runs of jobs by outcome',
        unit: 'reqps',
        queries: [{ expr: rate('elder_job_duration_seconds_count', 'outcome'), legend: '{{outcome}}' }],
      },
      {
        title: 'Time of jobs, 95 %',
        unit: 's',
        queries: [{ expr: quantile(0.95, 'elder_job_duration_seconds', 'job'), legend: '{{job}}' }],
      },
      {
        title: 'Jobs by stage',
        queries: [{ expr: once('elder_jobs', 'stage, status'), legend: '{{stage}} {{status}}' }],
      },
      {
        title: 'Jobs taken over',
        queries: [{ expr: 'sum(increase(elder_jobs_handed_over_total[10m]))', legend: 'in ten minutes' }],
      },
    ],
  },
  {
    title: 'Queues and workers',
    panels: [
      {
        title: 'Waiting',
        queries: [{ expr: once('elder_queue_jobs{state="waiting"}', 'kind'), legend: '{{kind}}' }],
      },
      {
        title: 'Oldest wait',
        unit: 's',
        queries: [{ expr: once('elder_queue_oldest_wait_seconds', 'kind'), legend: '{{kind}}' }],
      },
      {
        title: 'Jobs in hand and slots',
        queries: [
          { expr: 'sum(elder_worker_jobs)', legend: 'in hand' },
          { expr: 'sum by (kind) (elder_worker_slots)', legend: 'slots {{kind}}' },
        ],
      },
      {
        title: 'Event loop lag, 99 %',
        unit: 's',
        queries: [{ expr: 'max by (instance) (elder_nodejs_eventloop_lag_p99_seconds)', legend: '{{instance}}' }],
      },
      {
        title: 'Memory',
        unit: 'bytes',
        queries: [{ expr: 'elder_process_resident_memory_bytes', legend: '{{instance}}' }],
      },
      {
        title: 'Cores used',
        queries: [{ expr: 'rate(elder_process_cpu_seconds_total[5m])', legend: '{{instance}}' }],
      },
    ],
  },
  {
    title: 'Web',
    panels: [
      {
        title: 'Requests',
        unit: 'reqps',
        queries: [{ expr: rate('elder_http_request_duration_seconds_count', 'status'), legend: '{{status}}' }],
      },
      {
        title: 'Time to answer, 95 %',
        unit: 's',
        queries: [{ expr: quantile(0.95, 'elder_http_request_duration_seconds', 'method'), legend: '{{method}}' }],
      },
      {
        title: 'Refused',
        unit: 'reqps',
        queries: [{ expr: rate('elder_refusals_total', 'code'), legend: '{{code}}' }],
      },
      { title: 'Sockets', queries: [{ expr: 'sum(elder_sockets)', legend: 'open' }] },
      {
        title: 'Webhook deliveries',
        unit: 'reqps',
        queries: [
          { expr: rate('elder_webhook_deliveries_total', 'provider, result'), legend: '{{provider}} {{result}}' },
        ],
      },
    ],
  },
  {
    title: 'Git and its hosts',
    panels: [
      {
        title: 'Time of fetches, 95 %',
        unit: 's',
        queries: [{ expr: quantile(0.95, 'elder_git_duration_seconds', 'command'), legend: '{{command}}' }],
      },
      {
        title: 'Failures of Git',
        unit: 'reqps',
        queries: [{ expr: rate('elder_git_failures_total', 'code'), legend: '{{code}}' }],
      },
      {
        title: 'Requests to hosts',
        unit: 'reqps',
        queries: [
          { expr: rate('elder_provider_requests_total', 'provider, status'), legend: '{{provider}} {{status}}' },
        ],
      },
      {
        title: 'Waiting for a turn',
        unit: 's',
        queries: [{ expr: rate('elder_provider_paced_seconds_total', 'provider'), legend: '{{provider}}' }],
      },
      {
        title: 'Requests that hosts still take',
        queries: [{ expr: 'min by (provider) (elder_provider_budget_remaining)', legend: '{{provider}}' }],
      },
      {
        title: 'Connections',
        queries: [{ expr: once('elder_connections', 'status'), legend: '{{status}}' }],
      },
    ],
  },
  {
    title: 'Stores',
    panels: [
      { title: 'Database', unit: 'bytes', queries: [{ expr: once('elder_database_bytes'), legend: 'size' }] },
      {
        title: 'Free disk',
        unit: 'percentunit',
        queries: [
          {
            expr: 'elder_disk_bytes{state="free"} / ignoring(state) elder_disk_bytes{state="size"}',
            legend: '{{instance}}',
          },
        ],
      },
    ],
  },
];

const WIDTH = 24;
const IN_A_ROW = 3;
const HEIGHT = 7;
const STAT_HEIGHT = 4;
/** Grafana puts in what was chosen. */
const SOURCE = { type: 'prometheus', uid: '$source' };

/** A dashboard of Grafana 10 or later, to be imported; the data source is chosen on it. */
export function buildDashboard() {
  let y = 0;
  let id = 0;
  const panels = ROWS.flatMap(({ title, panels: sketches }) => {
    const inRow = sketches.some(({ isStat }) => isStat) ? sketches.length : IN_A_ROW;
    const height = sketches.every(({ isStat }) => isStat) ? STAT_HEIGHT : HEIGHT;
    const head = {
      id: ++id,
      type: 'row',
      title,
      collapsed: false,
      gridPos: { x: 0, y: y++, w: WIDTH, h: 1 },
      panels: [],
    };
    const own = sketches.map((sketch, place) => {
      const w = Math.floor(WIDTH / inRow);
      const gridPos = { x: (place % inRow) * w, y: y + Math.floor(place / inRow) * height, w, h: height };
      return toPanel(sketch, ++id, gridPos);
    });
    y += Math.ceil(sketches.length / inRow) * height;
    return [head, ...own];
  });
  return {
    uid: 'ancient-elder',
    title: 'Ancient Elder',
    tags: ['ancient-elder'],
    schemaVersion: 38,
    editable: true,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [{ name: 'source', label: 'Prometheus', type: 'datasource', query: 'prometheus' }] },
    panels,
  };
}

function toPanel(
  { title, queries, unit = 'short', isStat = false }: PanelSketch,
  id: number,
  gridPos: { x: number; y: number; w: number; h: number },
) {
  return {
    id,
    title,
    type: isStat ? 'stat' : 'timeseries',
    gridPos,
    datasource: SOURCE,
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    targets: queries.map(({ expr, legend }, place) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + place),
      datasource: SOURCE,
      expr,
      legendFormat: legend === '' ? title : legend,
    })),
  };
}
