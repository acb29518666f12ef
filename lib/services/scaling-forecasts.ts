import { query } from '@/lib/db/client';
import type { WorkerKind } from '@/lib/env';
import { QUEUE_KINDS } from '@/lib/queues/catalog';
import type { AnnouncedEvent } from '@/lib/scaling/forecast/announced-events';
import type { Forecast } from '@/lib/scaling/forecast/forecast';
import type { ScalingSettings } from '@/lib/schemas/scaling';
import { runHeavy } from './heavy/heavy-work';
import { listSamples, loadSeries, QUARTER_MINUTES } from './queue-load-samples';
import { loadScalingSettings } from './scaling-settings';

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 56;
const EVERY_MS = QUARTER_MINUTES * 60_000;
/** A day ahead, in quarters of an hour. */
const HORIZON = 96;
const KEPT_DAYS = 14;

export interface MadeForecast {
  madeAt: Date;
  forecast: Forecast;
}

/**
 * Forecasts the load of each kind that takes jobs for the next day, once each quarter of an hour, by whichever worker comes
 * first. Gives the number made.
 */
export async function makeForecasts(now: Date, signal?: AbortSignal): Promise<number> {
  const madeAt = new Date(Math.floor(now.getTime() / EVERY_MS) * EVERY_MS);
  let made = 0;
  for (const kind of QUEUE_KINDS) {
    if (signal?.aborted) break;
    const [claimed] = await query`
      insert into load_forecasts (kind, made_at) values (${kind}, ${madeAt}) on conflict do nothing returning kind`;
    if (!claimed) continue;
    try {
      const forecast = await forecastOf(kind, now, signal);
      if (!forecast) continue;
      await query`
        update load_forecasts set forecast = ${JSON.stringify(forecast)}::jsonb where kind = ${kind} and made_at = ${madeAt}`;
      made += 1;
    } catch (error) {
      await query`delete from load_forecasts where kind = ${kind} and made_at = ${madeAt} and forecast is null`;
      throw error;
    }
  }
  return made;
}

/** Null where there is nothing to make it of. */
async function forecastOf(kind: WorkerKind, now: Date, signal: AbortSignal | undefined): Promise<Forecast | null> {
  const samples = await listSamples(kind, QUARTER_MINUTES, new Date(now.getTime() - HISTORY_DAYS * DAY_MS));
  const series = loadSeries(samples, QUARTER_MINUTES);
  if (!series) return null;
  const { settings } = await loadScalingSettings(kind);
  // Of no team: it takes its turn as one of its own.
  return runHeavy('', 'forecast', { series, options: { ...forecastOptions(settings), horizon: HORIZON } }, signal);
}

export async function forgetOldForecasts(now = new Date()): Promise<number> {
  const rows = await query`
    delete from load_forecasts where made_at < ${now}::timestamptz - ${KEPT_DAYS} * interval '1 day' returning kind`;
  return rows.length;
}

/** Forecasts of a kind made since a moment, the oldest first. */
export function listForecasts(kind: WorkerKind, since: Date): Promise<MadeForecast[]> {
  return query<MadeForecast>`
    select made_at as "madeAt", forecast from load_forecasts
    where kind = ${kind} and made_at >= ${since} and forecast is not null order by made_at`;
}

/** What a forecast says of the time right after it was made. */
export interface NearForecast {
  madeAt: Date;
  forecast: Pick<Forecast, 'steps' | 'stepSeconds'>;
}

/** Of forecasts made since a moment, the oldest first, the first steps alone: whole ones of two weeks are 20 MB. */
export function listNearForecasts(kind: WorkerKind, since: Date, hours: number): Promise<NearForecast[]> {
  const path = `$[0 to ${Math.ceil((hours * 60) / QUARTER_MINUTES)}]`;
  return query<NearForecast>`
    select made_at as "madeAt", jsonb_build_object('stepSeconds', forecast -> 'stepSeconds',
      'steps', jsonb_path_query_array(forecast -> 'steps', ${path}::jsonpath)) as forecast
    from load_forecasts where kind = ${kind} and made_at >= ${since} order by made_at`;
}

/**
 * The most that a forecast expects from a moment until a replica asked for then is ready. Null where it says nothing of that
 * time.
 */
export function expectedLoad(
  { steps, stepSeconds }: NearForecast['forecast'],
  atMs: number,
  startupSeconds: number,
): { load: number; high: number } | null {
  const until = atMs + startupSeconds * 1000;
  const ahead = steps.filter(({ startMs }) => startMs <= until && startMs + stepSeconds * 1000 > atMs);
  if (ahead.length === 0) return null;
  return { load: Math.max(...ahead.map(({ load }) => load)), high: Math.max(...ahead.map(({ high }) => high)) };
}

function forecastOptions({ timeZone, holidays, events }: ScalingSettings) {
  const announced = events.map(({ name, from, to, factor }): AnnouncedEvent => {
    return { name, fromMs: Date.parse(from), toMs: Date.parse(to), factor };
  });
  return { calendar: { timeZone, holidays }, events: announced };
}
