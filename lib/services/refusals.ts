import { LRUCache } from 'lru-cache';
import type { Context } from '@/lib/auth/context';
import { teamOfRefusal } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import type { AppError } from '@/lib/errors';
import { recordChange } from './change-log';

/** One entry a minute for the same refusal: a flood of requests must not become a flood of rows. */
const noted = new LRUCache<string, true>({ max: 10_000, ttl: 60_000 });

interface Refusal {
  error: AppError;
  /** Method and route, without what the client put into them. */
  route: string;
}

/**
 * Writes down that someone who is signed in was not let do something: in the log of the team that refused, or else in that of
 * the instance.
 */
export async function recordRefusal(ctx: Context, { error, route }: Refusal): Promise<void> {
  const { code } = error;
  const teamId = teamOfRefusal(ctx, error);
  const key = `${ctx.userId} ${teamId} ${code} ${route}`;
  if (!ctx.userId || noted.has(key)) return;
  noted.set(key, true);
  try {
    const { permission, leastRole, scope } = error.details ?? {};
    const refusal = { teamId, target: route, detail: { code, permission, leastRole, scope } };
    await db().$transaction((tx) => recordChange(tx, ctx, { action: 'request.refused', ...refusal }));
  } catch (err) {
    noted.delete(key);
    ctx.log.warn({ err, code, route }, 'refusal could not be written down');
  }
}
