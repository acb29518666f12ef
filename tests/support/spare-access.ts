import { randomUUID } from 'node:crypto';
import { db } from '@/lib/db/client';

export interface SpareAccess {
  memberId: string;
  leaverId: string;
  invitationId: string;
  tokenId: string;
}

/** Of a team: two members with a password, an open invitation and a token, for whoever changes or ends them. */
export async function spareAccess(teamId: string): Promise<SpareAccess> {
  const [memberId, leaverId] = [await member(teamId), await member(teamId)];
  const tokenHash = randomUUID();
  const expiresAt = new Date(Date.now() + 3600_000);
  const [invitation, token] = await Promise.all([
    db().invitation.create({
      data: { teamId, email: `${tokenHash}@example.org`, role: 'viewer', tokenHash, invitedById: memberId, expiresAt },
    }),
    db().apiToken.create({ data: { userId: memberId, teamId, name: 'Spare', tokenHash, scopes: ['read'], expiresAt } }),
  ]);
  return { memberId, leaverId, invitationId: invitation.id, tokenId: token.id };
}

async function member(teamId: string): Promise<string> {
  const email = `${randomUUID()}@example.org`;
  const memberships = { create: { teamId, role: 'member' as const } };
  const { id } = await db().user.create({ data: { email, name: 'Spare', passwordHash: 'none', memberships } });
  return id;
}

/** A live link to the report of an audit, made by a member. */
export async function spareShareLink(
  { projectId, auditId }: { projectId: string; auditId: string },
  createdById: string,
): Promise<string> {
  const expiresAt = new Date(Date.now() + 3600_000);
  const { id } = await db().shareLink.create({
    data: { projectId, auditId, tokenHash: randomUUID(), createdById, expiresAt },
  });
  return id;
}
