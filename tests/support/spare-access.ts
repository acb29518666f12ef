import { randomUUID } from 'node:crypto';
import { db } from '@/lib/db/client';
import { newWebhookSecret } from '@/lib/notifications/webhook';
import { packDelivery } from '@/lib/services/delivery-payload';
import { newRowId, seal } from '@/lib/services/sealed-columns';

export interface SpareAccess {
  memberId: string;
  leaverId: string;
  invitationId: string;
  tokenId: string;
}

export interface SpareChannel {
  channelId: string;
  deliveryId: string;
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

/** A connection to a GitHub, with a token that is sealed as any other. */
export async function spareConnection(
  teamId: string,
  { token = 'ghp_spare', ...more }: { token?: string; baseUrl?: string; name?: string; status?: string } = {},
): Promise<string> {
  const id = newRowId();
  const secret = await seal('connections.secret', { teamId, rowId: id }, token);
  const host = { provider: 'github', baseUrl: 'https://github.com', name: 'Spare', kind: 'token' };
  await db().connection.create({ data: { id, teamId, ...host, secret, ...more } });
  return id;
}

/** A webhook of a team, to an address where nothing is, and a message that was sent to it. */
export async function spareChannel(teamId: string, name = 'Spare'): Promise<SpareChannel> {
  const id = newRowId();
  const row = { teamId, rowId: id };
  const now = new Date();
  const { id: channelId } = await db().channel.create({
    data: {
      id,
      teamId,
      kind: 'webhook',
      name,
      address: await seal('channels.address', row, 'https://hooks.invalid/spare'),
      shownAddress: 'https://hooks.invalid/…',
      secret: await seal('channels.secret', row, newWebhookSecret()),
      settings: {},
    },
  });
  const message = { language: 'en', title: name, sections: [], notes: [] };
  const sent = { status: 'delivered', tries: 1, nextTryAt: now, endedAt: now };
  const { id: deliveryId } = await db().channelDelivery.create({
    data: { teamId, channelId, kind: 'notices', messageId: randomUUID(), content: { message, events: [] }, ...sent },
  });
  return { channelId, deliveryId };
}

/** A delivery that nobody looked into. */
export async function spareDelivery(projectId: string): Promise<string> {
  const none = { installationId: null, sender: null, repository: null, changes: [{ kind: 'ping' as const }] };
  const payload = await packDelivery({ id: 'spare', event: 'ping', action: null, payload: {}, ...none }, 2);
  const names = { provider: 'github', deliveryId: randomUUID(), event: 'ping' };
  const { id } = await db().webhookDelivery.create({ data: { projectId, payload, ...names } });
  return id;
}
