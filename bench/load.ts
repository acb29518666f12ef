import { loadavg } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import autocannon from 'autocannon';
import { buildShop } from './load/build-shop';
import { isFlat, type MemoryWatch, watchMemory } from './load/memory';
import { type Stack, startStack } from './load/stack';

/**
 * `npm run bench:load [-- <minutes> [<projects>]]`: projects of two teams are registered and audited at once by two worker
 * processes on one web process and one database, while a hundred users read and trigger. Told is what became of each audit,
 * how long the small team waited, how fast reads were, and whether memory stayed flat.
 */
const USERS = 100;
const TRIGGER_EVERY_MS = 1_000;
const POLL_MS = 1_000;
const GOAL = { requestsPerSecond: 1_000, p95Ms: 500, errorShare: 0.001, smallTeamShare: 0.2 };
const minutes = Number(process.argv[2] ?? 30);
const projects = Number(process.argv[3] ?? 100);

await using stack = await startStack({ workers: 2 });
console.log(`${projects} projects, two workers, ${USERS} users, ${minutes} min, load ${loadavg()[0]?.toFixed(1)}\n`);

const [large, small] = [await stack.createTeam('Large'), await stack.createTeam('Small')];
const startedAt = performance.now();
const ids = await Promise.all(
  Array.from({ length: projects }, async (_, at) => {
    const repositoryUrl = path.join(stack.work, `shop-${at}.git`);
    await buildShop(repositoryUrl, at);
    // The last one to come is that of a team with no other.
    const team = at === projects - 1 ? small : large;
    const { projectId } = await stack.api<{ projectId: string }>(team, 'POST', '/projects', { repositoryUrl });
    return projectId;
  }),
);
const memory = watchMemory(stack.processes);
const firstWave = awaitFirstWave(stack, ids);
const reading = read(stack, large, ids, minutes * 60);
const triggers = trigger(stack, large, ids.slice(0, -1), minutes * 60_000);
const wave = await firstWave;
const [reads, triggered] = await Promise.all([reading, triggers]);
const left = await settle(stack);
const isMet = report({ wave, reads, triggered, left, memory: memory.stop() });
process.exitCode = isMet ? 0 : 1;

interface Wave {
  seconds: number;
  /** Audits of the large team that ended before the one of the small team began. */
  beforeSmall: number;
  failed: number;
}

async function awaitFirstWave({ query }: Stack, projectIds: readonly string[]): Promise<Wave> {
  for (;;) {
    const [row] = await query<{ open: number; failed: number }>(
      `select count(*) filter (where status in ('queued', 'running'))::int as open,
        count(*) filter (where status not in ('queued', 'running', 'completed'))::int as failed
      from audits where number = 1`,
    );
    if (row && row.open === 0) {
      const [order] = await query<{ before: number }>(
        `select count(*)::int as before from audits a, audits small
        where small.project_id = $1 and small.number = 1 and a.number = 1 and a.ended_at < small.started_at`,
        [projectIds.at(-1) ?? ''],
      );
      return {
        seconds: (performance.now() - startedAt) / 1000,
        beforeSmall: order?.before ?? 0,
        failed: row.failed,
      };
    }
    await wait(POLL_MS);
  }
}

/** What people look at: each user goes from one to the next. */
function read({ origin }: Stack, token: string, projectIds: readonly string[], seconds: number) {
  const [first = '', second = ''] = projectIds;
  const places = [
    '/projects?limit=50',
    `/projects/${first}/overview`,
    `/projects/${first}/findings?limit=50`,
    '/projects?limit=50&status=failed',
    `/projects/${second}/audit-results?limit=20`,
  ];
  return autocannon({
    url: origin,
    connections: USERS,
    duration: seconds,
    headers: { authorization: `Bearer ${token}` },
    requests: places.map((place) => ({ method: 'GET', path: `/api/v1${place}` })),
  });
}

interface Triggered {
  asked: number;
  refused: number;
}

async function trigger({ api }: Stack, token: string, projectIds: readonly string[], ms: number): Promise<Triggered> {
  const until = performance.now() + ms;
  const counts: Triggered = { asked: 0, refused: 0 };
  for (let at = 0; performance.now() < until; at += 1) {
    const projectId = projectIds[at % projectIds.length];
    const began = performance.now();
    counts.asked += 1;
    const body = { auditType: 'full' };
    await api(token, 'POST', `/projects/${projectId}/audit/trigger`, body).catch(() => {
      counts.refused += 1;
    });
    await wait(Math.max(0, TRIGGER_EVERY_MS - (performance.now() - began)));
  }
  return counts;
}

interface Left {
  audits: number;
  open: number;
  failed: number;
}

/** Waits for what is still under way, as long as it moves. */
async function settle({ query }: Stack): Promise<Left> {
  let before = Number.POSITIVE_INFINITY;
  for (;;) {
    const [row] = await query<Left>(
      `select count(*)::int as audits, count(*) filter (where status in ('queued', 'running'))::int as open,
        count(*) filter (where status in ('failed', 'partial'))::int as failed from audits`,
    );
    if (!row) throw new Error('the database did not answer');
    if (row.open === 0 || row.open >= before) return row;
    before = row.open;
    await wait(60 * POLL_MS);
  }
}

interface Findings {
  wave: Wave;
  reads: autocannon.Result;
  triggered: Triggered;
  left: Left;
  memory: MemoryWatch[];
}

function report({ wave, reads, triggered, left, memory }: Findings): boolean {
  const errors = reads.errors + reads.timeouts + reads.non2xx;
  const errorShare = errors / Math.max(1, reads.requests.total);
  const smallShare = wave.beforeSmall / Math.max(1, projects - 1);
  const goals: [string, boolean][] = [
    [
      `first audits: ${projects - wave.failed} of ${projects} complete in ${wave.seconds.toFixed(0)} s`,
      wave.failed === 0,
    ],
    [
      `the small team's began after ${wave.beforeSmall} of ${projects - 1} of the large one's had ended`,
      smallShare <= GOAL.smallTeamShare,
    ],
    [
      `all audits: ${left.audits}, failed or partial ${left.failed}, never ended ${left.open}`,
      left.failed + left.open === 0,
    ],
    [`triggers: ${triggered.asked} asked, ${triggered.refused} refused`, triggered.refused === 0],
    [
      `reads: ${reads.requests.average.toFixed(0)} requests/s, p50 ${reads.latency.p50} ms, p97.5 ${reads.latency.p97_5} ms`,
      reads.requests.average >= GOAL.requestsPerSecond && reads.latency.p97_5 <= GOAL.p95Ms,
    ],
    [`errors: ${errors} of ${reads.requests.total}`, errorShare < GOAL.errorShare],
    ...memory.map((watch): [string, boolean] => [watch.text, isFlat(watch)]),
  ];
  for (const [text, isFine] of goals) console.log(`${isFine ? '  met   ' : '  missed'}  ${text}`);
  console.log(
    `\ngoals: none lost, ${GOAL.requestsPerSecond} requests/s, p95 ${GOAL.p95Ms} ms, errors under ${100 * GOAL.errorShare} %, memory flat`,
  );
  return goals.every(([, isFine]) => isFine);
}
