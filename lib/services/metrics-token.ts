import { createHash, timingSafeEqual } from 'node:crypto';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';

/** Lets pass who sends the token that metrics take; everybody where none is set. Throws `unauthenticated`. */
export function requireMetricsToken(authorization: string | undefined, token = env().METRICS_TOKEN): void {
  if (token === undefined) return;
  const given = /^Bearer +(?<value>\S+)$/i.exec(authorization ?? '')?.groups?.value ?? '';
  const digest = (text: string) => createHash('sha256').update(text).digest();
  if (!timingSafeEqual(digest(given), digest(token)))
    throw new AppError('unauthenticated', 'this takes METRICS_TOKEN as `Authorization: Bearer …`');
}
