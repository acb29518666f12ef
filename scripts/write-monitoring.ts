import { writeFileSync } from 'node:fs';
import { MONITORING_FILES } from '../k8s/monitoring/files';

// npm run monitoring:write   writes the dashboard and the alert rules for those who run Prometheus and Grafana by themselves.
for (const [file, text] of Object.entries(MONITORING_FILES)) {
  writeFileSync(file, text);
  console.log(`Wrote ${file}.`);
}
