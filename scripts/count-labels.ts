// npm run labels: counts what people judged of findings (bench/labels) into what the rule catalogue shows.
import { writeFileSync } from 'node:fs';
import { countLabels } from '@/bench/labels/count-labels';
import { readLabels } from '@/bench/labels/read-labels';

writeFileSync('lib/magics/precision.json', `${JSON.stringify(countLabels(readLabels()), null, 2)}\n`);
