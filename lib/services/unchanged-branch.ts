import { isDeepStrictEqual } from 'node:util';
import { db } from '@/lib/db/client';
import { isAppError } from '@/lib/errors';
import type { Logger } from '@/lib/logger';
import { Policy } from '@/lib/magics/policy';
import { RULE_PACK_VERSION } from '@/lib/magics/registry';
import { magicsOf } from './audit-creation';
import { areAdvisoriesSame, areSentInputsSame, isHostEvidenceSame } from './audit-inputs';
import { readProjectHead } from './project-head';

/** A host that is slower keeps the other projects waiting: an audit is asked for then. */
const TIMEOUT_MS = 10_000;

/**
 * The commit of the project's branch, when the newest audit judged just that with the same policy, rules, coverage report,
 * verdicts, advisories and words of the Git host, and nothing was missing; null when an audit could say something else, and
 * when that cannot be told.
 */
export async function findUnchanged(
  projectId: string,
  policy: Policy,
  { signal, log }: { signal?: AbortSignal; log: Logger },
): Promise<string | null> {
  const project = await db().project.findFirst({
    where: { id: projectId },
    select: { teamId: true, repositoryUrl: true, branch: true, connectionId: true },
  });
  if (!project) return null;
  const { branch } = project;
  const audit = await db().audit.findFirst({
    where: { projectId, branch, asOf: null },
    orderBy: { number: 'desc' },
    select: {
      ...{ id: true, projectId: true, status: true, commitId: true, committedAt: true, policy: true },
      ...{ rulePackVersion: true, enabledMagics: true, coverageHash: true, verdictsHash: true },
      hostEvidence: { select: { hash: true } },
    },
  });
  if (audit?.status !== 'completed' || audit.commitId === null || audit.rulePackVersion !== RULE_PACK_VERSION)
    return null;
  if (!isDeepStrictEqual(Policy.parse(audit.policy), policy)) return null;
  const magics = magicsOf(policy);
  if (magics.some((magic) => !audit.enabledMagics.includes(magic))) return null;
  const kept = { ...audit, commitId: audit.commitId };
  if (!(await areSentInputsSame(kept))) return null;
  const limited = () => {
    const limit = AbortSignal.timeout(TIMEOUT_MS);
    return signal ? AbortSignal.any([signal, limit]) : limit;
  };
  try {
    const { branches } = await readProjectHead(project, { timeoutMs: TIMEOUT_MS, signal: limited() });
    const head = branches.find(({ name }) => name === branch);
    if (head?.commitId !== kept.commitId) return null;
    if (magics.includes('sages') && !(await areAdvisoriesSame(kept))) return null;
    const isSame = await isHostEvidenceSame(kept, project, { signal: limited(), log });
    signal?.throwIfAborted();
    return isSame ? kept.commitId : null;
  } catch (error) {
    signal?.throwIfAborted();
    // The audit itself will tell what is wrong with the repository.
    if (isAppError(error)) return null;
    throw error;
  }
}
