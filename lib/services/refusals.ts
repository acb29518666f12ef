import { LRUCache } from 'lru-cache';
import type { Context } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import type { ErrorCode } from '@/lib/errors';
import { recordChange } from './change-log';

/** One entry a minute for the same refusal: a flood of requests must not become a flood of rows. */
const noted = new LRUCache<string, true>({ max: 10_000, ttl: 60_000 });

interface Refusal {
  code: ErrorCode;
  /** Method and route, without what the client put into them. */
  route: string;
}

/** Writes down that someone who is signed in was not let do something. */
export async function recordRefusal(ctx: Context, { code, route }: Refusal): Promise<void> {
  const key = `${ctx.userId} ${code} ${route}`;
  if (!ctx.userId || noted.has(key)) return;
  noted.set(key, true);
  try {
    const refusal = { teamId: null, target: route, detail: { code } };
    await db().$transaction((tx) => recordChange(tx, ctx, { action: 'request.refused', ...refusal }));
  } catch (err) {
    noted.delete(key);
    ctx.log.warn({ err, code, route }, 'refusal could not be written down');
  }
}
