import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { Label } from './count-labels';

/** All labels of this directory; a finding that was read twice counts with its last reading. */
export function readLabels() {
  const directory = new URL('./', import.meta.url);
  const names = readdirSync(directory).filter((name) => name.endsWith('.json'));
  const byFinding = new Map<string, z.infer<typeof Identified>>();
  for (const name of names.sort()) {
    for (const label of z.array(Identified).parse(JSON.parse(readFileSync(new URL(name, directory), 'utf8')))) {
      byFinding.set(`${label.ruleId} ${label.repository} ${label.commit} ${label.fingerprint}`, label);
    }
  }
  return [...byFinding.values()];
}

const Identified = Label.extend({ repository: z.string(), commit: z.string(), fingerprint: z.string() });
