import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { cleanText } from '@/lib/clean-text';
import { db } from '@/lib/db/client';
import type { Connection, Project } from '@/lib/db/generated/client';
import { AppError, isAppError } from '@/lib/errors';
import { parseRepositoryUrl, type RepositoryUrl } from '@/lib/git/repository-url';
import type { ProjectsFileLine, ProjectsFileRequest, ProjectsFileResult } from '@/lib/schemas/connections';
import { differencesOf } from '@/lib/schemas/differences';
import { addressRules } from './address-rules';
import { recordChange } from './change-log';
import { readOverride } from './configuration-layers';
import { changeProject, deleteProject } from './project-changes';
import { saveProjectConfiguration } from './project-configuration';
import { addProject } from './project-creation';
import { type FileProject, readProjectsFile } from './projects-file-reader';
import { lookAtRepository } from './repository-lookup';
import { requestWebhookSetUp } from './webhook-request';

/** What was not reached until then is for the same file, sent again. */
const TIME_MS = 90_000;
const MOST_SHOWN = 200;

interface Work {
  ctx: Context;
  teamId: string;
  isDryRun: boolean;
  connections: Connection[];
}

type Ended = Pick<ProjectsFileLine, 'outcome' | 'projectId'>;

/** Makes the projects of a team those of a file: the same file again changes nothing. A file with a fault does nothing. */
export async function applyProjectsFile(
  ctx: Context,
  teamId: string,
  { file, dryRun: isDryRun }: ProjectsFileRequest,
): Promise<ProjectsFileResult> {
  requirePermission(ctx, teamId, 'project.manage');
  const read = readProjectsFile(file);
  if (read.problems.length > 0) throw unreadable(read.problems);
  const connections = await db().connection.findMany({ where: { teamId } });
  const work: Work = { ctx, teamId, isDryRun, connections };
  const items: ProjectsFileLine[] = read.refused.map(({ line, repository, problem }) =>
    lineOf(line, repository, { outcome: 'refused', projectId: null }, 'invalid_request', problem),
  );
  const named = new Set<string>();
  const until = Date.now() + TIME_MS;
  for (const { line, project } of read.projects) {
    const item = Date.now() > until ? lateLine(line, project) : await applyOne(work, line, project, named);
    items.push(item);
  }
  const isWhole = items.every(({ outcome }) => outcome !== 'refused' && outcome !== 'not_reached');
  // A repository that could not be looked at may be one of those that are there: nothing is taken for left out.
  if (read.prune && isWhole) items.push(...(await prune(work, items)));
  items.sort((a, b) => (a.line ?? Number.MAX_SAFE_INTEGER) - (b.line ?? Number.MAX_SAFE_INTEGER));
  if (!isDryRun) await noteFile(ctx, teamId, items);
  return { isDryRun, items };
}

async function applyOne(work: Work, line: number, wanted: FileProject, named: Set<string>): Promise<ProjectsFileLine> {
  try {
    const url = parseRepositoryUrl(wanted.repository, addressRules());
    if (named.has(url.key)) throw new AppError('conflict', 'the file names this repository before');
    named.add(url.key);
    const known = await db().project.findFirst({ where: { teamId: work.teamId, canonicalKey: url.key } });
    return lineOf(
      line,
      wanted.repository,
      known ? await change(work, known, url, wanted) : await add(work, url, wanted),
    );
  } catch (error) {
    if (!isAppError(error) || error.code === 'internal') throw error;
    const ended = { outcome: 'refused', projectId: null } as const;
    return lineOf(line, wanted.repository, ended, error.code, error.message);
  }
}

async function add(work: Work, url: RepositoryUrl, wanted: FileProject): Promise<Ended> {
  const { ctx, teamId, isDryRun } = work;
  const { branch, name, configuration } = wanted;
  const connectionId = connectionOf(work, wanted)?.id;
  const found = await lookAtRepository(teamId, url, { branch, connectionId });
  const known = await db().project.findFirst({ where: { teamId, canonicalKey: found.url.key } });
  if (known) return change(work, known, found.url, wanted);
  if (isDryRun) return { outcome: 'created', projectId: null };
  const { projectId } = await addProject(ctx, teamId, found, { name, isFromFile: true });
  if (configuration) await saveOverride(ctx, projectId, configuration);
  return { outcome: 'created', projectId };
}

async function change(work: Work, project: Project, url: RepositoryUrl, wanted: FileProject): Promise<Ended> {
  const { ctx, isDryRun } = work;
  const { name, branch, configuration } = wanted;
  const projectId = project.id;
  if (branch !== undefined && branch !== project.branch) {
    throw new AppError('unprocessable', `the branch of a project stays as it is: ${project.branch}`);
  }
  const connection = connectionOf(work, wanted);
  const isMoved = connection !== undefined && connection.id !== project.connectionId;
  const isRenamed = name !== undefined && name !== project.name;
  const isConfigured =
    configuration !== undefined && differencesOf(readOverride(project.policyOverride), configuration).length > 0;
  if (!isMoved && !isRenamed && !isConfigured) return { outcome: 'unchanged', projectId };
  if (isMoved) await lookAtRepository(work.teamId, url, { branch: project.branch, connectionId: connection.id });
  if (isDryRun) return { outcome: 'changed', projectId };
  if (isRenamed) await changeProject(ctx, projectId, { projectName: name });
  if (isMoved) await changeProjectConnection(ctx, project, connection);
  if (isConfigured) await saveOverride(ctx, projectId, configuration);
  return { outcome: 'changed', projectId };
}

async function changeProjectConnection(ctx: Context, { id, teamId }: Project, { id: connectionId, name }: Connection) {
  await db().$transaction(async (tx) => {
    await tx.project.updateMany({ where: { id, teamId }, data: { connectionId, accessProblem: null } });
    await requestWebhookSetUp(tx, id);
    await recordChange(tx, ctx, { action: 'project.connected', teamId, target: id, after: { connection: name } });
  });
}

async function saveOverride(ctx: Context, projectId: string, override: NonNullable<FileProject['configuration']>) {
  const row = await db().project.findFirstOrThrow({
    where: { id: projectId },
    select: { overrideVersion: true, team: { select: { configurationVersion: true } } },
  });
  const { overrideVersion: version, team } = row;
  const reason = 'As the file of projects says.';
  await saveProjectConfiguration(ctx, projectId, { version, teamVersion: team.configurationVersion, override, reason });
}

/** Takes away what an earlier file brought and this one does not name. What people registered stays. */
async function prune({ ctx, teamId, isDryRun }: Work, items: readonly ProjectsFileLine[]): Promise<ProjectsFileLine[]> {
  const kept = items.flatMap(({ projectId }) => projectId ?? []);
  const left = await db().project.findMany({
    where: { teamId, isFromFile: true, id: { notIn: kept } },
    select: { id: true, repositoryUrl: true },
    orderBy: { createdAt: 'asc' },
  });
  const removed: ProjectsFileLine[] = [];
  for (const { id: projectId, repositoryUrl } of left) {
    if (!isDryRun) await deleteProject(ctx, projectId);
    removed.push(lineOf(null, repositoryUrl, { outcome: 'removed', projectId }));
  }
  return removed;
}

async function noteFile(ctx: Context, teamId: string, items: readonly ProjectsFileLine[]): Promise<void> {
  const count = (outcome: ProjectsFileLine['outcome']) => items.filter((item) => item.outcome === outcome).length;
  const detail = { created: count('created'), changed: count('changed'), removed: count('removed') };
  if (Object.values(detail).every((one) => one === 0)) return;
  await db().$transaction((tx) => recordChange(tx, ctx, { action: 'project.file_applied', teamId, detail }));
}

/** By its name, or by its id. */
function connectionOf({ connections }: Work, { connection: wanted }: FileProject): Connection | undefined {
  if (wanted === undefined) return undefined;
  const [found, ...others] = connections.filter(({ id, name }) => id === wanted || name === wanted);
  if (!found) throw new AppError('not_found', `there is no connection ${wanted}`);
  if (others.length > 0)
    throw new AppError('conflict', `several connections are called ${wanted}: write the id of one`);
  return found;
}

function lateLine(line: number, { repository }: FileProject): ProjectsFileLine {
  return lineOf(line, repository, { outcome: 'not_reached', projectId: null });
}

function lineOf(
  line: number | null,
  repository: string,
  { outcome, projectId }: Ended,
  code: string | null = null,
  problem: string | null = null,
): ProjectsFileLine {
  const shown = cleanText(repository.replace(/\/\/[^/\s]*@/g, '//')).slice(0, MOST_SHOWN);
  return { line, repository: shown, outcome, projectId, code, problem: problem && cleanText(problem) };
}

function unreadable(problems: readonly { line: number; problem: string }[]): AppError {
  const sentences = problems.map(({ line, problem }) => `line ${line}: ${problem}`);
  const fields = problems.map(({ line, problem }) => ({ field: `file:${line}`, problem: cleanText(problem) }));
  return new AppError('invalid_request', sentences.join('; '), { details: { fields } });
}
