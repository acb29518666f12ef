import { createHmac, hkdfSync } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { query } from '@/lib/db/client';
import type { Credential } from '@/lib/git/providers/provider';
import type { PaceLimits, RequestKind, SharedPace } from '@/lib/git/providers/request-pace';
import { logger } from '@/lib/logger';
import { loadKeyRing } from './encryption-keys';

/** A database that takes longer is not waited for: the pace of this process alone holds then. */
const LONGEST_QUERY_MS = 1_000;
/** For so long it is not asked again. */
const REST_MS = 10_000;
/** Who asks again sooner has nothing new to hear, but of a budget that is nearly spent. */
const FRESH_MS = 1_000;
/** Of requests left: from here on each is counted in the database. */
const FEW = 20;
/** The host says the same moment in whole seconds, or counts from its answer on. */
const SAME_RESET_SECONDS = 5;
const KEPT_HOURS = 24;

interface Asker {
  /** Names the credential of an App, whose tokens change by the hour. */
  id: string;
  baseUrl: string;
  credential: Credential | null;
}

interface Told {
  waitMs: number;
  isShort: boolean;
}

const NOTHING: Told = { waitMs: 0, isShort: false };

/** The pace that all processes keep with one credential at one host, in the database. Without the database nobody waits. */
export function createSharedPace(asker: Asker): SharedPace {
  let key: Promise<string> | undefined;
  let told: { at: number; promise: Promise<Told> } | undefined;
  let restsUntil = 0;

  async function attempt<Value>(run: (key: string) => Promise<Value>, otherwise: Value): Promise<Value> {
    if (performance.now() < restsUntil) return otherwise;
    const limit = new AbortController();
    try {
      key ??= fingerprintOf(asker);
      const running = key.then(run);
      const late = wait(LONGEST_QUERY_MS, undefined, { signal: limit.signal, ref: false }).then(() => {
        throw new Error('the database takes too long');
      });
      return await Promise.race([running, late]);
    } catch (err) {
      key = undefined;
      restsUntil = performance.now() + REST_MS;
      logger().warn({ err }, 'the pace of requests is not shared');
      return otherwise;
    } finally {
      limit.abort();
    }
  }

  function look(): Promise<Told> {
    if (!told || performance.now() - told.at > FRESH_MS) {
      told = { at: performance.now(), promise: attempt(readPace, NOTHING) };
    }
    return told.promise;
  }

  return {
    async waitMs(kind: RequestKind, limits: PaceLimits) {
      const { waitMs, isShort } = await look();
      if (waitMs > 0) return waitMs;
      const ofBudget = isShort ? await attempt(claimRequest, 0) : 0;
      if (ofBudget > 0 || kind === 'read') return ofBudget;
      return attempt((known) => claimWrite(known, limits), 0);
    },
    async block(ms) {
      told = undefined;
      await attempt((known) => block(known, ms), undefined);
    },
    async tellRemaining(remaining, resetMs) {
      if (remaining > FEW) return;
      told = undefined;
      await attempt((known) => keepRemaining(known, remaining, resetMs), undefined);
    },
  };
}

/** What nobody asked with for a day. */
export async function forgetOldPaces(): Promise<void> {
  await query`delete from provider_paces where updated_at < now() - ${KEPT_HOURS} * interval '1 hour'`;
}

/** Tells nothing of a token to whoever reads the database: the key it is made with is not there. */
async function fingerprintOf({ id, baseUrl, credential }: Asker): Promise<string> {
  const { current } = await loadKeyRing();
  const key = Buffer.from(hkdfSync('sha256', current.bytes, '', 'elder-pace-1', 32));
  const who = credential?.kind === 'token' ? ['token', credential.token] : ['id', id];
  return createHmac('sha256', key)
    .update(JSON.stringify([new URL(baseUrl).host, ...who]))
    .digest('hex');
}

async function readPace(key: string): Promise<Told> {
  const [row] = await query<Told>`
    select greatest(0, extract(epoch from blocked_until - now()) * 1000)::float8 as "waitMs",
      (remaining is not null and resets_at > now()) as "isShort"
    from provider_paces where key = ${key}`;
  return row ? { waitMs: row.waitMs, isShort: row.isShort === true } : NOTHING;
}

/** Takes one of the requests that are left; none is: how long until there are more. */
async function claimRequest(key: string): Promise<number> {
  const [row] = await query<{ waitMs: number }>`
    update provider_paces set remaining = greatest(remaining - 1, -1), updated_at = now()
    where key = ${key} and remaining is not null and resets_at > now()
    returning case when remaining < 0 then extract(epoch from resets_at - now()) * 1000 else 0 end::float8 as "waitMs"`;
  return row?.waitMs ?? 0;
}

/** Takes the next moment at which a write may begin, unless it is too far away to wait for; gives how far. */
async function claimWrite(key: string, limits: PaceLimits): Promise<number> {
  const { writeGapMs, writesPerMinute, writesPerHour, longestWaitMs } = limits;
  const [row] = await query<{ waitMs: number }>`
    insert into provider_paces as p (key, writes, next_write_at) values (${key}, array[now()], now())
    on conflict (key) do update set updated_at = now(), (writes, next_write_at) = (
      select case when at <= now() + ${longestWaitMs}::float8 * interval '1 millisecond' then known || at else known end, at
      from (
        select known, greatest(
          now(), p.blocked_until,
          known[count] + ${writeGapMs}::float8 * interval '1 millisecond',
          known[count + 1 - ${writesPerMinute}::int] + interval '1 minute',
          known[count + 1 - ${writesPerHour}::int] + interval '1 hour'
        ) as at
        from (
          select coalesce(array_agg(began order by began), '{}') as known, count(*)::int as count
          from unnest(p.writes) began where began > now() - interval '1 hour'
        ) lately
      ) next
    )
    returning extract(epoch from next_write_at - now())::float8 * 1000 as "waitMs"`;
  return Math.max(0, row?.waitMs ?? 0);
}

async function block(key: string, ms: number): Promise<void> {
  await query`
    insert into provider_paces as p (key, blocked_until) values (${key}, now() + ${ms}::float8 * interval '1 millisecond')
    on conflict (key) do update set
      blocked_until = greatest(p.blocked_until, excluded.blocked_until), updated_at = now()`;
}

/** In one period the lowest number is the newest: requests under way are counted here before the host counts them. */
async function keepRemaining(key: string, remaining: number, resetMs: number): Promise<void> {
  await query`
    insert into provider_paces as p (key, remaining, resets_at)
    values (${key}, ${remaining}, now() + ${resetMs}::float8 * interval '1 millisecond')
    on conflict (key) do update set
      remaining = case
        when abs(extract(epoch from p.resets_at - excluded.resets_at)) < ${SAME_RESET_SECONDS}
        then least(p.remaining, excluded.remaining) else excluded.remaining end,
      resets_at = excluded.resets_at, updated_at = now()`;
}
