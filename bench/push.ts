import { execFileSync } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '@/tests/support/chromium';
import { type BuiltProduct, type Hook, hookOf, startProduct } from './built-product';
import { percentiles } from './percentiles';

// Usage: npm run bench:push -- <clone> [<pushes>]. Pushes small commits one after the other to a copy of the clone, as a Git
// host would tell of them, and measures until the audit of each has ended, and until a page shows what a worker has said.
const GOAL = { auditedMs: 10_000, shownMs: 250 };
const AUDIT_MS = 120_000;
const FILES_A_PUSH = 3;

const [clone, pushes = '20'] = process.argv.slice(2);
if (!clone) throw new Error('name the clone to push to');

interface Job {
  stage: string;
  key: string;
  endedAt: string | null;
}

interface Audit {
  auditId: string;
  status: string;
  createdAt: string;
  endedAt: string | null;
  commit: { id: string } | null;
  jobs: Job[];
}

/** When a card of a magic changed on the page. */
type Change = [magic: string, at: number];

{
  await using product = await startProduct();
  const repository = path.join(product.work, 'pushed.git');
  execFileSync('git', ['clone', '--quiet', '--bare', path.resolve(clone), repository]);
  const { projectId } = await product.api<{ projectId: string }>('POST', '/projects', { repositoryUrl: repository });
  const first = await endOf(product, projectId, git(repository, 'rev-parse', 'HEAD'));
  console.log(`first audit: ${first.status}, ${since(first.createdAt, first)} ms`);
  const hook = await hookOf(product, projectId);

  const browser = await chromium.launch(chromiumLaunchOptions());
  const page = await openProject(browser, product, projectId);
  const changes: Change[] = [];
  await watchCards(page, changes);

  const audited: number[] = [];
  const shown: number[] = [];
  for (let at = 0; at < Number(pushes); at++) {
    const before = git(repository, 'rev-parse', 'HEAD');
    const after = commitTo(repository, at);
    changes.length = 0;
    const startedAt = Date.now();
    await deliver(hook, before, after);
    const audit = await endOf(product, projectId, after);
    if (audit.status !== 'completed') throw new Error(`the audit of push ${at} is ${audit.status}`);
    audited.push(Date.parse(audit.endedAt ?? '') - startedAt);
    // The last of them may still be on the way.
    await wait(1_000);
    shown.push(...delaysOf(audit, changes));
  }
  await browser.close();

  const [end, show] = [percentiles(audited), percentiles(shown)];
  console.log(`${pushes} pushes of ${FILES_A_PUSH} files, one after the other, to ${clone}`);
  console.log(`  push to end of audit   ms  ${end.text}`);
  console.log(`  result to page         ms  ${show.text}  (${shown.length} results)`);
  console.log(`goals: every push ${GOAL.auditedMs} ms, page p95 ${GOAL.shownMs} ms`);
  process.exitCode = end.max <= GOAL.auditedMs && show.at(0.95) <= GOAL.shownMs ? 0 : 1;
}

function git(repository: string, ...command: string[]): string {
  const author = ['-c', 'user.name=Mona', '-c', 'user.email=mona@example.org'];
  return execFileSync('git', ['--git-dir', repository, ...author, ...command], { encoding: 'utf8' }).trim();
}

/** A commit that adds a line to some source files. */
function commitTo(repository: string, at: number): string {
  const tree = path.join(path.dirname(repository), 'tree');
  const inTree = (...command: string[]) => git(repository, '--work-tree', tree, ...command);
  if (at === 0) {
    execFileSync('mkdir', ['-p', tree]);
    inTree('checkout', '--force', 'HEAD', '--', '.');
  }
  const sources = inTree('ls-files')
    .split('\n')
    .filter((file) => /\.(?:[jt]sx?|py|go|java|rs)$/.test(file));
  for (let place = 0; place < FILES_A_PUSH; place++) {
    const file = sources[(at * FILES_A_PUSH + place) % sources.length];
    if (file) execFileSync('sh', ['-c', 'printf "\\n" >> "$1"', 'append', path.join(tree, file)]);
  }
  inTree('add', '--update');
  inTree('commit', '--quiet', '-m', `fix: line ${at}`);
  return git(repository, 'rev-parse', 'HEAD');
}

async function deliver({ url, secret }: Hook, before: string, after: string): Promise<void> {
  const branch = 'main';
  const body = JSON.stringify({
    ref: `refs/heads/${branch}`,
    before,
    after,
    commits: [{ id: after, message: 'fix: a line', added: [], removed: [], modified: [] }],
    repository: { id: 1, full_name: 'acme/shop', default_branch: branch },
    sender: { login: 'mona' },
  });
  const { status } = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  });
  if (status !== 202) throw new Error(`the delivery was answered by ${status}`);
}

/** Waits for the end of the audit of a commit. */
async function endOf({ api }: BuiltProduct, projectId: string, commit: string): Promise<Audit> {
  const deadline = Date.now() + AUDIT_MS;
  while (Date.now() < deadline) {
    const { items } = await api<{ items: Audit[] }>('GET', `/audits?projectId=${projectId}&limit=5`);
    const found = items.find((audit) => audit.commit?.id === commit && audit.endedAt !== null);
    if (found) return api<Audit>('GET', `/audits/${found.auditId}`);
    await wait(100);
  }
  throw new Error(`no audit of ${commit} has ended`);
}

function since(start: string, { endedAt }: Audit): number {
  return Date.parse(endedAt ?? '') - Date.parse(start);
}

async function openProject(
  browser: Awaited<ReturnType<typeof chromium.launch>>,
  { origin, email, password }: BuiltProduct,
  projectId: string,
): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${origin}/sign-in`);
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  await page.goto(`${origin}/projects/${projectId}`);
  await page.locator('a[href*="/magics/"]').first().waitFor();
  return page;
}

/** Tells of every change that is painted in a card of a magic. */
async function watchCards(page: Page, changes: Change[]): Promise<void> {
  await page.exposeFunction('told', (magic: string, at: number) => changes.push([magic, at]));
  // Without functions that have names: what compiles this file would give them help that the page lacks.
  await page.evaluate(() =>
    new MutationObserver((records) => {
      const magics = new Set<string>();
      for (const { target } of records) {
        let at = target instanceof Element ? target : target.parentElement;
        while (at && at.querySelectorAll('a[href*="/magics/"]').length === 0) at = at.parentElement;
        const links = at?.querySelectorAll('a[href*="/magics/"]') ?? [];
        const magic = links.length === 1 ? links[0]?.getAttribute('href')?.split('/').at(-1) : null;
        if (magic) magics.add(magic);
      }
      requestAnimationFrame(() => {
        const { told } = globalThis as unknown as { told(magic: string, at: number): void };
        for (const magic of magics) told(magic, Date.now());
      });
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true }),
  );
}

/** From the end of each judging to the first change of its card after it. */
function delaysOf({ jobs }: Audit, changes: readonly Change[]): number[] {
  return jobs.flatMap(({ stage, key, endedAt }) => {
    if (stage !== 'judge' || endedAt === null) return [];
    const endedMs = Date.parse(endedAt);
    const change = changes.find(([magic, at]) => magic === key && at >= endedMs);
    if (!change) throw new Error(`the page never showed ${key}`);
    return [change[1] - endedMs];
  });
}
