import type { Asked, Told } from './fake-host';

/** One attempt to deliver, as GitHub keeps it for three days. */
export interface FakeAttempt {
  id: number;
  guid: string;
  delivered_at: string;
  status_code: number;
  redelivery: boolean;
}

/** Newest first, in pages that a cursor leads through, not a number. */
export function listAttempts(asked: Asked, origin: string, attempts: readonly FakeAttempt[]): Told {
  const perPage = Math.min(100, Number(asked.query.get('per_page') ?? 30));
  const newest = [...attempts].sort((one, other) => other.id - one.id);
  const from = newest.findIndex(({ id }) => `v1_${id}` === asked.query.get('cursor'));
  const rest = newest.slice(from + 1);
  const last = rest[perPage - 1];
  const next = new URLSearchParams({ per_page: String(perPage), cursor: `v1_${last?.id}` });
  const headers = { link: `<${origin}${asked.path}?${next}>; rel="next"` };
  return { body: rest.slice(0, perPage), ...(rest.length > perPage && { headers }) };
}

/** GitHub takes the request, and sends a moment later; what comes of it is an attempt of its own. */
export function redeliver(asked: Asked, attempts: FakeAttempt[], id: number): Told {
  const attempt = attempts.find((one) => String(one.id) === asked.of.delivery);
  if (!attempt) return { status: 404, body: { message: 'Not Found' } };
  attempts.push({ ...attempt, id, delivered_at: new Date().toISOString(), status_code: 200, redelivery: true });
  return { status: 202, body: {} };
}
