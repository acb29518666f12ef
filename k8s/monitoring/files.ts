import { stringify } from 'yaml';
import { ALERT_GROUPS } from './alert-rules';
import { buildDashboard } from './dashboard';

const HEAD = '# Written by `npm run monitoring:write` from k8s/monitoring/alert-rules.ts.\n';

/** By path from the root of the project: what Prometheus and Grafana read without a cluster. */
export const MONITORING_FILES: Readonly<Record<string, string>> = {
  'k8s/monitoring/alert-rules.yml': `${HEAD}${stringify({ groups: ALERT_GROUPS }, { lineWidth: 0 })}`,
  'k8s/monitoring/dashboard.json': `${JSON.stringify(buildDashboard(), null, 2)}\n`,
};
