import { randomUUID } from 'node:crypto';
import { createContext } from '@/lib/auth/context';
import { db } from '@/lib/db/client';
import { isAppError } from '@/lib/errors';
import { parseRepositoryUrl } from '@/lib/git/repository-url';
import { logger } from '@/lib/logger';
import { ManualAuditRequest } from '@/lib/schemas/audits';
import { addressRules } from './address-rules';
import { requestAudit } from './audits';
import { createProject } from './registration';

/**
 * Registers the repository named on the command line with the first team and audits it; audits it again when it is
 * registered. Null while nobody owns the instance: then it is registered when the first owner signs up.
 */
export async function registerAtStart(repositoryUrl: string): Promise<string | null> {
  // Told now rather than after sign-up: a typing error needs no owner to be seen.
  parseRepositoryUrl(repositoryUrl, addressRules());
  const owner = await db().membership.findFirst({ where: { role: 'owner' }, orderBy: { createdAt: 'asc' } });
  if (!owner) {
    await db().setupLink.updateMany({ where: { usedAt: null }, data: { repositoryUrl } });
    return null;
  }
  return registerFor(owner, repositoryUrl);
}

/** Registers with a team in the name of its owner. Returns the project's id. */
export async function registerFor(
  { userId, teamId }: { userId: string; teamId: string },
  repositoryUrl: string,
): Promise<string> {
  const roles = new Map([[teamId, 'owner' as const]]);
  const ctx = createContext({ userId, roles, requestId: randomUUID(), log: logger() });
  try {
    return (await createProject(ctx, { repositoryUrl, teamId })).projectId;
  } catch (error) {
    const known = isAppError(error) && error.code === 'conflict' ? error.details?.projectId : undefined;
    if (typeof known !== 'string') throw error;
    await requestAudit(ctx, known, ManualAuditRequest.parse({}), { trigger: 'manual' });
    return known;
  }
}
