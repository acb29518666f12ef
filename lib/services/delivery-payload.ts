import { cleanText } from '@/lib/clean-text';
import { maskSecrets, mayHoldSecrets } from '@/lib/facts/text/secrets';
import type { DeliveredChange, Delivery } from '@/lib/git/providers/provider';
import { BranchName } from '@/lib/schemas/common';
import { packJson, unpackJson } from './packed-json';

/** What a row of a delivery holds: what we read in it, and what people may look at. */
export interface KeptDelivery extends Pick<Delivery, 'installationId' | 'sender' | 'repository'> {
  changes: DeliveredChange[];
  payload: unknown;
}

/** Beyond it, what was sent is read and not kept. */
const MAX_KEPT_BYTES = 512 * 1024;
const MAX_DEPTH = 40;
const SECRET_NAME = /secret|token|password|passphrase|private_?key|authorization|credential/i;
const MASK = '••••••••';

export async function packDelivery(delivery: Delivery, sizeBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const { installationId, sender, repository, changes, payload } = delivery;
  const shown = sizeBytes <= MAX_KEPT_BYTES ? maskPayload(payload) : null;
  return packJson({ installationId, sender, repository, changes: [...changes], payload: shown } satisfies KeptDelivery);
}

/** The branch to which a delivery pushes, when it tells of nothing else. */
export function pushedBranch(changes: readonly DeliveredChange[]): string | null {
  const [change, ...more] = changes;
  if (change?.kind !== 'push' || change.after === null || more.length > 0) return null;
  const branch = BranchName.safeParse(change.branch);
  return branch.success ? branch.data : null;
}

export function unpackDelivery(data: Uint8Array): Promise<KeptDelivery> {
  return unpackJson<KeptDelivery>(data);
}

/** The same JSON without credentials, wherever in it they stand. */
export function maskPayload(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth >= MAX_DEPTH) return '…';
  if (Array.isArray(value)) return value.map((item) => maskPayload(item, depth + 1));
  const entries = Object.entries(value).map(([name, item]): [string, unknown] => [
    cleanText(name),
    typeof item === 'string' && item !== '' && SECRET_NAME.test(name) && !isAddress(item)
      ? MASK
      : maskPayload(item, depth + 1),
  ]);
  return Object.fromEntries(entries);
}

function maskText(text: string): string {
  const clean = cleanText(text);
  return mayHoldSecrets(clean, 'all') ? maskSecrets(clean) : clean;
}

/** Hosts call addresses of pages about secrets by such names. */
function isAddress(text: string): boolean {
  return /^https?:\/\/[^@\s]+$/.test(text) && !text.includes('?');
}
