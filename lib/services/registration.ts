import type { Context } from '@/lib/auth/context';
import { hasPermission, requirePermission } from '@/lib/auth/permissions';
import { cleanText } from '@/lib/clean-text';
import { db } from '@/lib/db/client';
import { env } from '@/lib/env';
import { AppError, isAppError } from '@/lib/errors';
import { parseRepositoryUrl, type RepositoryUrl } from '@/lib/git/repository-url';
import { Policy } from '@/lib/magics/policy';
import type { ProjectCreated, ProjectRequest, RegistrationCheck } from '@/lib/schemas/projects';
import { addressRules } from './address-rules';
import { recordChange } from './change-log';
import { addProject, findDuplicate, refuseDuplicate } from './project-creation';
import { freeName } from './project-name';
import type { Analysis } from './repository-analysis';
import { isAccessProblem, lookAtRepository } from './repository-lookup';

type Check = RegistrationCheck['checks'][number];
type CheckRequest = Pick<ProjectRequest, 'repositoryUrl' | 'teamId' | 'branch' | 'connectionId' | 'sshKeyId'>;

/** What a registration would find, check by check, without a side effect. */
export async function checkRegistration(ctx: Context, request: CheckRequest): Promise<RegistrationCheck> {
  const teamId = teamFor(ctx, request.teamId);
  requirePermission(ctx, teamId, 'project.create');

  const address = attempt(() => parseAddress(request.repositoryUrl));
  if (!address.ok) return answer({ repositoryUrl: request.repositoryUrl }, [refusal('address', address.error)]);
  const url = address.value;
  const checks = [passed('address', url.kind === 'local' ? 'address_local' : 'address_ok')];
  const asked = { repositoryUrl: url.url, suggestedName: url.name, duplicateOf: await findDuplicate(teamId, url.key) };
  const duplicateCheck = ({ duplicateOf }: Pick<RegistrationCheck, 'duplicateOf'>) =>
    duplicateOf
      ? failed('duplicate', 'duplicate_found', { name: duplicateOf.projectName })
      : passed('duplicate', 'duplicate_none');
  try {
    const found = await lookAtRepository(teamId, url, request);
    const { analysis, connection } = found;
    // Where it is now, which may be under another name.
    const duplicateOf = asked.duplicateOf ?? (await findDuplicate(teamId, found.url.key));
    checks.push(duplicateCheck({ duplicateOf }));
    checks.push(
      connection
        ? passed('reachable', 'reachable_connection', { name: connection.name })
        : passed('reachable', 'reachable_ok'),
    );
    const branchSentence = request.branch ? 'branch_found' : 'branch_default';
    checks.push(passed('branch', branchSentence, { branch: analysis.defaultBranch }));
    checks.push(stackCheck(analysis));
    checks.push(policyCheck(analysis, await strictnessOf(teamId)));
    const suggestedName = await freeName(teamId, found.url);
    const used = connection && { connectionId: connection.id, name: connection.name };
    return answer({ repositoryUrl: found.url.url, suggestedName, duplicateOf, connection: used }, checks, analysis);
  } catch (error) {
    if (!isAccessProblem(error)) throw error;
    checks.push(duplicateCheck(asked));
    checks.push(refusal(error.code === 'repository_no_such_branch' ? 'branch' : 'reachable', error));
    return answer(asked, checks);
  }
}

/** Registers a repository and queues its first audit in one transaction. */
export async function createProject(ctx: Context, request: ProjectRequest): Promise<ProjectCreated> {
  const teamId = teamFor(ctx, request.teamId);
  requirePermission(ctx, teamId, 'project.create');

  const url = await refuseLoudly(ctx, teamId, request.repositoryUrl, async () => parseAddress(request.repositoryUrl));
  await refuseDuplicate(teamId, url.key);
  const found = await refuseLoudly(ctx, teamId, url.url, () => lookAtRepository(teamId, url, request));
  const created = await addProject(ctx, teamId, found, { name: request.projectName, sshKeyId: request.sshKeyId });
  return { ...created, initialAnalysis: found.analysis };
}

/** Whether people may register what lies on this machine. */
export function allowsLocalRepositories(): boolean {
  return env().ALLOW_LOCAL_REPOSITORIES;
}

function parseAddress(text: string): RepositoryUrl {
  return parseRepositoryUrl(text, addressRules());
}

function teamFor(ctx: Context, teamId: string | undefined): string {
  const chosen = teamId ?? ctx.teamIds.find((id) => hasPermission(ctx, id, 'project.create')) ?? ctx.teamIds[0];
  if (!chosen) throw new AppError('forbidden', 'join a team first');
  return chosen;
}

/** A refused address is written down: somebody may be trying what lies behind it. */
export async function refuseLoudly<Value>(
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
  const data: Check['detail']['data'] = {};
  if (code.startsWith('repository_host_key_') && typeof details?.host === 'string') data.host = details.host;
  if (Array.isArray(details?.needed)) data.needed = details.needed.join(', ');
  if (typeof details?.problem !== 'string') return failed(id, code, data);
  if (typeof details.suggestion === 'string') data.suggestion = details.suggestion;
  return failed(id, `${id}_${details.problem}`, data);
}

function failed(id: Check['id'], code: string, data: Check['detail']['data'] = {}): Check {
  return { id, outcome: 'failed', detail: { id: code, data } };
}

function answer(
  asked: Pick<RegistrationCheck, 'repositoryUrl'> & Partial<RegistrationCheck>,
  checks: Check[],
  initialAnalysis: Analysis | null = null,
): RegistrationCheck {
  const { repositoryUrl, suggestedName = '', duplicateOf = null, connection = null } = asked;
  const canRegister = initialAnalysis !== null && duplicateOf === null;
  return {
    repositoryUrl: withoutUserinfo(repositoryUrl),
    suggestedName,
    checks,
    duplicateOf,
    connection,
    initialAnalysis,
    canRegister,
  };
}
