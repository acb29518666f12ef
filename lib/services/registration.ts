import type { Context } from '@/lib/auth/context';
import { hasPermission, requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { AppError, isAppError } from '@/lib/errors';
import { parseRepositoryUrl, type RepositoryUrl } from '@/lib/git/repository-url';
import { Policy } from '@/lib/magics/policy';
import { cleanText } from '@/lib/queues/clean-text';
import type { ProjectCreated, ProjectRequest, RegistrationCheck } from '@/lib/schemas/projects';
import { announceAudit } from './audit-events';
import { createFirstAudit } from './audits';
import { recordChange } from './change-log';
import { takeGitTurn } from './git-turn';
import { freeName } from './project-name';
import { type Analysis, analyseRepository } from './repository-analysis';

type Check = RegistrationCheck['checks'][number];
type CheckRequest = Pick<ProjectRequest, 'repositoryUrl' | 'teamId' | 'branch'>;

const CHECK_TIMEOUT_MS = 25_000;

/** What a registration would find, check by check, without a side effect. */
export async function checkRegistration(ctx: Context, request: CheckRequest): Promise<RegistrationCheck> {
  const teamId = teamFor(ctx, request.teamId);
  requirePermission(ctx, teamId, 'project.create');

  const address = attempt(() => parseAddress(request.repositoryUrl));
  if (!address.ok) return answer(request.repositoryUrl, '', [refusal('address', address.error)], null, null);
  const url = address.value;
  const checks = [passed('address', url.kind === 'local' ? 'address_local' : 'address_ok')];
  const duplicate = await findDuplicate(teamId, url.key);
  checks.push(
    duplicate
      ? failed('duplicate', 'duplicate_found', { name: duplicate.projectName })
      : passed('duplicate', 'duplicate_none'),
  );
  try {
    const analysis = await analyse(teamId, url, request.branch);
    checks.push(passed('reachable', 'reachable_ok'));
    const branchSentence = request.branch ? 'branch_found' : 'branch_default';
    checks.push(passed('branch', branchSentence, { branch: analysis.defaultBranch }));
    checks.push(stackCheck(analysis));
    checks.push(policyCheck(analysis, await strictnessOf(teamId)));
    return answer(url.url, await freeName(teamId, url), checks, duplicate, analysis);
  } catch (error) {
    if (!isRepositoryProblem(error)) throw error;
    checks.push(refusal(error.code === 'repository_no_such_branch' ? 'branch' : 'reachable', error));
    return answer(url.url, url.name, checks, duplicate, null);
  }
}

/** Registers a repository and queues its first audit in one transaction. */
export async function createProject(ctx: Context, request: ProjectRequest): Promise<ProjectCreated> {
  const teamId = teamFor(ctx, request.teamId);
  requirePermission(ctx, teamId, 'project.create');

  const url = await refuseLoudly(ctx, teamId, request.repositoryUrl, async () => parseAddress(request.repositoryUrl));
  await refuseDuplicate(teamId, url.key);
  const analysis = await refuseLoudly(ctx, teamId, url.url, () => analyse(teamId, url, request.branch));
  const name = request.projectName ?? (await freeName(teamId, url));
  const created = await db()
    .$transaction(async (tx) => {
      const project = await tx.project.create({
        data: {
          teamId,
          name,
          repositoryUrl: url.url,
          canonicalKey: url.key,
          branch: analysis.defaultBranch,
          stack: analysis.stack,
          sizeBytes: analysis.sizeBytes,
          tier: analysis.tier,
        },
      });
      const auditId = await createFirstAudit(tx, project, ctx.userId);
      const after = { name, repositoryUrl: url.url, branch: project.branch };
      await recordChange(tx, ctx, { action: 'project.created', teamId, target: project.id, after });
      return { projectId: project.id, auditId };
    })
    .catch(async (error: unknown) => {
      // Two registrations at once: the unique key lets one in, the other hears of it.
      await refuseDuplicate(teamId, url.key);
      throw error;
    });
  ctx.log.info({ projectId: created.projectId, auditId: created.auditId }, 'project registered');
  await announceAudit(created.auditId, ctx.log);
  return { ...created, initialAnalysis: analysis };
}

async function analyse(teamId: string, url: RepositoryUrl, branch: string | undefined): Promise<Analysis> {
  const signal = AbortSignal.timeout(CHECK_TIMEOUT_MS);
  try {
    return await takeGitTurn(teamId, () => analyseRepository(url, branch, signal), signal);
  } catch (cause) {
    if (!signal.aborted) throw cause;
    throw new AppError('repository_timeout', 'the repository could not be looked at in time', { cause });
  }
}

/** Whether people may register what lies on this machine. */
export function allowsLocalRepositories(): boolean {
  return env().ALLOW_LOCAL_REPOSITORIES;
}

function parseAddress(text: string): RepositoryUrl {
  return parseRepositoryUrl(text, { allowLocal: env().ALLOW_LOCAL_REPOSITORIES });
}

function teamFor(ctx: Context, teamId: string | undefined): string {
  const chosen = teamId ?? ctx.teamIds.find((id) => hasPermission(ctx, id, 'project.create')) ?? ctx.teamIds[0];
  if (!chosen) throw new AppError('forbidden', 'join a team first');
  return chosen;
}

async function findDuplicate(teamId: string, canonicalKey: string) {
  const project = await db().project.findFirst({ where: { teamId, canonicalKey } });
  return project && { projectId: project.id, projectName: project.name };
}

async function refuseDuplicate(teamId: string, canonicalKey: string): Promise<void> {
  const duplicate = await findDuplicate(teamId, canonicalKey);
  if (duplicate)
    throw new AppError('conflict', `already registered as ${duplicate.projectName}`, { details: duplicate });
}

/** A refused address is written down: somebody may be trying what lies behind it. */
async function refuseLoudly<Value>(
  ctx: Context,
  teamId: string,
  address: string,
  run: () => Promise<Value>,
): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    if (!isAppError(error)) throw error;
    const target = withoutUserinfo(address).slice(0, 500);
    const refusal = { teamId, target, detail: { code: error.code } };
    await db().$transaction((tx) => recordChange(tx, ctx, { action: 'project.refused', ...refusal }));
    // What a caller mistyped is unprocessable, like every other reason a repository cannot be registered.
    if (error.code === 'invalid_request') throw new AppError('unprocessable', error.message, { cause: error });
    throw error;
  }
}

function withoutUserinfo(address: string): string {
  return cleanText(address.replace(/\/\/[^/\s]*@/g, '//'));
}

function isRepositoryProblem(error: unknown): error is AppError {
  return isAppError(error) && error.code.startsWith('repository_');
}

function attempt<Value>(run: () => Value): { ok: true; value: Value } | { ok: false; error: AppError } {
  try {
    return { ok: true, value: run() };
  } catch (error) {
    if (isAppError(error)) return { ok: false, error };
    throw error;
  }
}

function stackCheck({ stack, sizeBytes }: Analysis): Check {
  if (sizeBytes === null) return { id: 'stack', outcome: 'unknown', detail: { id: 'stack_unknown', data: {} } };
  const languages = stack.map(({ language }) => language).join(', ');
  return passed('stack', languages ? 'stack_found' : 'stack_none', { languages, sizeBytes });
}

/** What would suit is advice: audits go by the policy of the team. */
function policyCheck({ recommendedPolicy }: Analysis, teamStrictness: number): Check {
  const { preset, strictness, reason } = recommendedPolicy;
  const data = { preset, strictness, teamStrictness, reason: reason.id, ...reason.data };
  return passed('policy', 'policy_recommended', data);
}

async function strictnessOf(teamId: string): Promise<number> {
  const team = await db().team.findFirstOrThrow({ where: { id: teamId }, select: { policy: true } });
  return Policy.parse(team.policy ?? {}).strictness;
}

function passed(id: Check['id'], sentence: string, data: Check['detail']['data'] = {}): Check {
  return { id, outcome: 'passed', detail: { id: sentence, data } };
}

/** A mistake that is named has a sentence of its own; every other reason has the one of its code. */
function refusal(id: Check['id'], { code, details }: AppError): Check {
  if (typeof details?.problem !== 'string') return failed(id, code);
  const data: Check['detail']['data'] = {};
  if (typeof details.suggestion === 'string') data.suggestion = details.suggestion;
  return failed(id, `${id}_${details.problem}`, data);
}

function failed(id: Check['id'], code: string, data: Check['detail']['data'] = {}): Check {
  return { id, outcome: 'failed', detail: { id: code, data } };
}

function answer(
  repositoryUrl: string,
  suggestedName: string,
  checks: Check[],
  duplicateOf: RegistrationCheck['duplicateOf'],
  initialAnalysis: Analysis | null,
): RegistrationCheck {
  const canRegister = initialAnalysis !== null && duplicateOf === null;
  return {
    repositoryUrl: withoutUserinfo(repositoryUrl),
    suggestedName,
    checks,
    duplicateOf,
    initialAnalysis,
    canRegister,
  };
}
