import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chromium } from '@playwright/test';
import autocannon from 'autocannon';
import { createTokenValue, hashSecret } from '@/lib/auth/secrets';
import { actAsSystem } from '@/lib/auth/tenants';
import { seedDatabase } from '@/prisma/seed-data';
import { PROGRAMS } from '@/scripts/supervisor/programs';
import { chromiumLaunchOptions } from '@/tests/support/chromium';
import { copyTemplate, startDatabaseServer } from '@/tests/support/postgres';
import { signInAgain } from '@/tests/support/session-cookie';

// Usage: npm run bench:scale [-- <seconds> <findings>]. Reads and pages of the built product on a full database: 200 projects,
// a million findings.
const PROJECTS = 200;
const CONNECTIONS = 100;
const GOAL = { p95Ms: 200, lcpMs: 2000 };

const seconds = Number(process.argv[2] ?? 10);
const findings = Number(process.argv[3] ?? 1_000_000);
const port = 20_000 + (randomBytes(2).readUInt16BE() % 12_000);
const base = `http://127.0.0.1:${port}`;
const token = createTokenValue();

await using database = await startDatabaseServer();
const { url, ownerUrl } = await copyTemplate(database.access);
const { userId, teamId } = await seedDatabase(ownerUrl, {
  projects: PROJECTS,
  findings,
  auditsPerProject: 30,
  tokenHash: hashSecret(token),
  passwordHash: null,
  email: 'scale@example.org',
});
process.env.DATABASE_URL = url;
process.env.AUTH_SECRET = randomBytes(32).toString('hex');
// To sign the person in: the server beside sees what they may.
actAsSystem();

const web = spawn(process.execPath, PROGRAMS.production.web, {
  env: {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(port),
    NEXTAUTH_URL: base,
    // One token stands for many here: the limit of one is not what is measured.
    ELDER_API_RATE: '100000000',
    LOG_LEVEL: 'warn',
  },
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
try {
  await once(web, 'message');
  const list = await fetch(`${base}/api/v1/projects?limit=1`, { headers: { authorization: `Bearer ${token}` } });
  const { items } = (await list.json()) as { items: { projectId: string }[] };
  const projectId = items[0]?.projectId ?? '';
  const reads = [
    '/projects?limit=50',
    `/portfolio?teamId=${teamId}&limit=50`,
    `/projects/${projectId}/findings?limit=50`,
    `/projects/${projectId}/findings?limit=50&severity=high`,
    `/projects/${projectId}/overview`,
    `/inbox?teamId=${teamId}&limit=50`,
  ];
  let isMet = true;
  for (const read of reads) isMet = (await measureRead(read)) && isMet;
  const { cookie } = await signInAgain(userId);
  for (const page of ['/projects', `/projects/${projectId}`, `/projects/${projectId}/findings`, '/inbox']) {
    isMet = (await measurePage(page, cookie)) && isMet;
  }
  console.log(
    `goals: p95 ${GOAL.p95Ms} ms at ${CONNECTIONS} connections, LCP ${GOAL.lcpMs} ms: ${isMet ? 'met' : 'missed'}`,
  );
  process.exitCode = isMet ? 0 : 1;
} finally {
  web.kill('SIGTERM');
  if (web.exitCode === null) await once(web, 'exit');
}

async function measureRead(path: string): Promise<boolean> {
  const run = (duration: number) =>
    autocannon({
      url: `${base}/api/v1${path}`,
      connections: CONNECTIONS,
      duration,
      headers: { authorization: `Bearer ${token}` },
    });
  await run(2);
  const { requests, latency, non2xx, errors, timeouts } = await run(seconds);
  const failed = non2xx + errors + timeouts;
  const name = path.replace(projectId(path), '{id}').replace(teamId, '{id}');
  console.log(
    `GET ${name}: ${requests.average.toFixed(0)} requests/s, p50 ${latency.p50} ms, p97.5 ${latency.p97_5} ms, ${failed} failed`,
  );
  return latency.p97_5 <= GOAL.p95Ms && failed === 0;
}

function projectId(path: string): string {
  return /\/projects\/([\w-]{36})/.exec(path)?.[1] ?? ' ';
}

/** Largest contentful paint of a page that was opened before: programs are read, caches of the browser are cold. */
async function measurePage(path: string, cookie: string): Promise<boolean> {
  const browser = await chromium.launch(chromiumLaunchOptions());
  const times: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    const context = await browser.newContext();
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url: base }]);
    const page = await context.newPage();
    await page.goto(base + path, { waitUntil: 'load' });
    const lcp = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
            type: 'largest-contentful-paint',
            buffered: true,
          });
        }),
    );
    if (round > 0) times.push(lcp);
    await context.close();
  }
  await browser.close();
  const worst = Math.max(...times);
  console.log(`${path.replace(projectId(path), '{id}')}: LCP ${times.map((time) => time.toFixed(0)).join(', ')} ms`);
  return worst <= GOAL.lcpMs;
}
