import { HOST_PARTS, type HostPart, type ProviderFact } from '@/lib/magics/facts/provider';
import { compareText } from '@/lib/magics/hash';
import type { EvidenceApi, EvidenceQuestion, EvidenceReader, Listed, ProviderClient } from '../provider';
import { hostGapOf } from './host-gap';

const MOST = { pullRequests: 500, issues: 300, checks: 300 } as const;

/**
 * Asks a host for each part of the evidence, one after the other. Never throws: a part that the host does not tell, or not
 * before `signal` is aborted, is in `missing` with its reason. @param onGap hears what was thrown
 */
export async function collectEvidence(
  api: EvidenceApi,
  client: ProviderClient,
  question: EvidenceQuestion,
  { signal, onGap }: { signal: AbortSignal; onGap: (part: HostPart, error: unknown) => void },
): Promise<ProviderFact> {
  const fact = unasked();
  const asking: ProviderClient = { ...client, fetch: (url, request) => client.fetch(url, { ...request, signal }) };

  async function read<Value>(part: HostPart, reader: EvidenceReader<Value> | null): Promise<Value | null> {
    if (!reader) {
      fact.missing[part] = { reason: 'host-untold', needed: '' };
      return null;
    }
    try {
      const value = await until(signal, () => reader(asking, question));
      delete fact.missing[part];
      return value;
    } catch (error) {
      onGap(part, error);
      fact.missing[part] = hostGapOf(error);
      return null;
    }
  }

  function keep<Item>(part: keyof typeof MOST, listed: Listed<Item> | null, sorted: (items: Item[]) => Item[]): Item[] {
    if (!listed) return [];
    const items = sorted(listed.items);
    if (listed.isCut || items.length > MOST[part]) fact.cut.push(part);
    return items.slice(0, MOST[part]);
  }

  fact.protection = await read('protection', api.protection);
  fact.pullRequests = keep('pullRequests', await read('pullRequests', api.pullRequests), newestFirst);
  fact.issues = keep('issues', await read('issues', api.issues), newestFirst);
  fact.checks = keep('checks', await read('checks', api.checks), (checks) =>
    checks.sort(
      (a, b) => b.completedAt - a.completedAt || compareText(a.name, b.name) || compareText(a.commitId, b.commitId),
    ),
  );
  return fact;
}

/** As long as the host has said nothing. */
export function unasked(): ProviderFact {
  const missing = Object.fromEntries(HOST_PARTS.map((part) => [part, { reason: 'host-down', needed: '' } as const]));
  return { protection: null, pullRequests: [], issues: [], checks: [], missing, cut: [] };
}

function newestFirst<Item extends { number: number }>(items: Item[]): Item[] {
  const byNumber = new Map(items.map((item) => [item.number, item]));
  return [...byNumber.values()].sort((a, b) => b.number - a.number);
}

/** However long whoever is asked takes to notice. */
async function until<Value>(signal: AbortSignal, run: () => Promise<Value>): Promise<Value> {
  signal.throwIfAborted();
  return await new Promise<Value>((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    run()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', stop));
  });
}
