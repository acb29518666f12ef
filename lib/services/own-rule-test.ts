import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import { AppError, isAppError } from '@/lib/errors';
import type { BlobMatches } from '@/lib/facts/own-rules/blob-matches';
import { createOwnRequests, type OwnRequest } from '@/lib/facts/own-rules/own-requests';
import type { GitRepository } from '@/lib/git/open-local';
import { readBlobs } from '@/lib/git/read-blobs';
import { type TreeEntry, walkTree } from '@/lib/git/read-tree';
import type { KeyedMatcher } from '@/lib/magics/own-rules/matcher';
import type { OwnRule } from '@/lib/magics/own-rules/own-rule';
import { searchPaths } from '@/lib/magics/own-rules/to-rule';
import {
  MOST_SHOWN_MATCHES,
  MOST_TESTED_BYTES,
  MOST_TESTED_FILES,
  MOST_TESTED_PROJECTS,
  type OwnRuleTest,
  type OwnRuleTestProject,
  type OwnRuleTestRequest,
} from '@/lib/schemas/own-rules';
import { takeGitTurn } from './git-turn';
import { runHeavy } from './heavy/heavy-work';
import { openKept } from './repositories';
import { requireSoundRule } from './sound-rules';
import { createTurns } from './turns';

const PROJECTS_BY_DEFAULT = 5;
const TIMEOUT_MS = 20_000;
const MAX_UNREAD_SHOWN = 20;
/** Small enough that others who need the thread get it in between. */
const FILES_AT_ONCE = 50;
const BYTES_AT_ONCE = 1024 ** 2;

const takeTestTurn = createTurns({ atOnce: 2, waiting: 10 });

/** What a rule would find in the team's repositories, as their last audits saw them. Fetches, saves and starts nothing. */
export async function testOwnRule(ctx: Context, teamId: string, request: OwnRuleTestRequest): Promise<OwnRuleTest> {
  requirePermission(ctx, teamId, 'policy.manage');
  const { rule, projectIds } = request;
  const { projects, left } = await projectsOf(teamId, projectIds);
  await requireSoundRule(teamId, rule, 'rule');
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const startedAt = performance.now();
  const tested = await takeTestTurn(
    teamId,
    async () => {
      const results: OwnRuleTestProject[] = [];
      for (const project of projects) results.push(await testProject(ctx, { teamId, rule, signal }, project));
      return results;
    },
    signal,
  );
  return {
    projects: tested,
    projectsLeftOut: left,
    total: tested.reduce((sum, { total }) => sum + total, 0),
    timeMs: Math.round(performance.now() - startedAt),
  };
}

interface Test {
  teamId: string;
  rule: OwnRule;
  signal: AbortSignal;
}

type Project = Awaited<ReturnType<typeof projectsOf>>['projects'][number];

async function projectsOf(teamId: string, ids: readonly string[] | undefined) {
  const rows = await db().project.findMany({
    where: { teamId, ...(ids && { id: { in: [...ids] } }) },
    select: {
      id: true,
      name: true,
      teamId: true,
      repositoryUrl: true,
      connectionId: true,
      currentAudit: { select: { commitId: true, endedAt: true } },
    },
    orderBy: [{ currentAudit: { endedAt: { sort: 'desc', nulls: 'last' } } }, { id: 'asc' }],
    take: ids ? MOST_TESTED_PROJECTS : PROJECTS_BY_DEFAULT,
  });
  if (ids && rows.length < new Set(ids).size) throw new AppError('not_found', 'no such project');
  const all = await db().project.count({ where: { teamId } });
  return { projects: rows, left: all - rows.length };
}

async function testProject(
  ctx: Context,
  test: Test,
  { id, name, currentAudit, ...source }: Project,
): Promise<OwnRuleTestProject> {
  const { teamId, rule, signal } = test;
  const startedAt = performance.now();
  const commit = currentAudit?.commitId ?? null;
  const result: OwnRuleTestProject = {
    projectId: id,
    projectName: name,
    commit,
    notLookedAt: null,
    filesAsked: 0,
    filesLeftOut: 0,
    total: 0,
    matches: [],
    unread: [],
    timeMs: 0,
  };
  if (!commit) return { ...result, notLookedAt: 'no-audit' };
  if (signal.aborted) return { ...result, notLookedAt: 'no-time' };
  try {
    await takeGitTurn(
      teamId,
      async () => {
        const repository = await openKept(source, commit, signal);
        const tree = walkTree(repository, commit, signal);
        if (rule.kind === 'path') await addPaths(result, rule, tree);
        else await addMatches(result, { ...test, repository, tree });
      },
      signal,
    );
  } catch (error) {
    if (signal.aborted) return { ...result, notLookedAt: result.filesAsked > 0 ? null : 'no-time' };
    if (!isAppError(error) || error.code === 'overloaded') throw error;
    ctx.log.info({ err: error }, 'own rule was not tested on a project');
    return { ...result, notLookedAt: 'not-kept' };
  }
  return { ...result, timeMs: Math.round(performance.now() - startedAt) };
}

async function addPaths(
  result: OwnRuleTestProject,
  rule: Extract<OwnRule, { kind: 'path' }>,
  tree: AsyncIterable<TreeEntry>,
): Promise<void> {
  const search = searchPaths(rule);
  const add = (found: ReturnType<typeof search.find>) => {
    if (!found) return;
    result.total += 1;
    if (result.matches.length === MOST_SHOWN_MATCHES) return;
    const { path, match } = found;
    const line = path === null ? null : 1;
    result.matches.push({ path, line, endLine: line, excerpt: path ?? match, match });
  };
  for await (const { path } of tree) {
    result.filesAsked += 1;
    add(search.find(path));
  }
  add(search.missing());
}

interface Asking extends Test {
  repository: GitRepository;
  tree: AsyncIterable<TreeEntry>;
}

async function addMatches(
  result: OwnRuleTestProject,
  { teamId, repository, rule, tree, signal }: Asking,
): Promise<void> {
  const { asked, files } = await withinBudget(rule, tree);
  result.filesLeftOut = files;
  let batch: { request: OwnRequest; bytes: Uint8Array }[] = [];
  let size = 0;
  const ask = async () => {
    const [first] = batch;
    if (!first) return;
    const found = await matchFiles(first.request.matchers, batch, { teamId, signal });
    for (const [at, { request }] of batch.entries()) addFile(result, request, found?.[at] ?? null);
    batch = [];
    size = 0;
    signal.throwIfAborted();
  };
  const ids = asked.map(({ blobId }) => blobId);
  let place = 0;
  for await (const { bytes } of readBlobs(repository, ids, signal)) {
    const request = asked[place++];
    if (!request || !bytes) continue;
    batch.push({ request, bytes: new Uint8Array(bytes) });
    size += bytes.length;
    if (batch.length >= FILES_AT_ONCE || size >= BYTES_AT_ONCE) await ask();
  }
  await ask();
}

function matchFiles(
  matchers: readonly KeyedMatcher[],
  batch: readonly { request: OwnRequest; bytes: Uint8Array }[],
  { teamId, signal }: Pick<Test, 'teamId' | 'signal'>,
): Promise<BlobMatches[] | null> {
  const files = batch.map(({ request: { path }, bytes }) => ({ path, bytes }));
  return runHeavy(teamId, 'ownMatches', { matchers, files }, signal);
}

function addFile(result: OwnRuleTestProject, { path, matchers }: OwnRequest, found: BlobMatches | null): void {
  result.filesAsked += 1;
  result.filesLeftOut -= 1;
  const own = found?.[matchers[0]?.key ?? ''];
  const reason = found === null ? 'timeout' : own?.unread;
  if (reason && result.unread.length < MAX_UNREAD_SHOWN) result.unread.push({ path, reason });
  if (!own) return;
  result.total += own.rows.length + own.more;
  const room = MOST_SHOWN_MATCHES - result.matches.length;
  for (const { line, endLine, text, match } of own.rows.slice(0, Math.max(0, room))) {
    result.matches.push({ path, line, endLine, excerpt: text, match });
  }
}

/** In the order of the tree, which is that of the paths. `files`: all that the rule looks at. */
async function withinBudget(
  rule: OwnRule,
  tree: AsyncIterable<TreeEntry>,
): Promise<{ asked: OwnRequest[]; files: number }> {
  const requestOf = createOwnRequests({ rules: [{ ...rule, isEnabled: true }], before: [] });
  const asked: OwnRequest[] = [];
  let files = 0;
  let bytes = 0;
  for await (const entry of tree) {
    const request = requestOf?.(entry);
    if (!request) continue;
    files += 1;
    bytes += files > MOST_TESTED_FILES ? 0 : request.sizeBytes;
    if (files <= MOST_TESTED_FILES && bytes <= MOST_TESTED_BYTES) asked.push(request);
  }
  return { asked, files };
}
