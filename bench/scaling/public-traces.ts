import { readdirSync, readFileSync } from 'node:fs';
import type { Series } from '@/lib/scaling/series';

const FOLDER = new URL('traces/', import.meta.url);

/** Measured loads that others published; see `traces/NOTICE`. */
export function readPublicTraces(): { name: string; series: Series }[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.jsonl'))
    .map((file) => ({
      name: file.replace('.jsonl', ''),
      series: JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')),
    }));
}
