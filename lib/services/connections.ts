import type { Context } from '@/lib/auth/context';
import { hasPermission, requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import type { Connection } from '@/lib/db/generated/client';
import { AppError, isAppError } from '@/lib/errors';
import { missingPermissions } from '@/lib/git/providers/github/app';
import { providerOf } from '@/lib/git/providers/registry';
import type { ConnectionChange, ConnectionList, ConnectionRequest, ConnectionView } from '@/lib/schemas/connections';
import { LONGEST_NAME } from '@/lib/schemas/teams';
import { recordChange } from './change-log';
import { askHost, factsOf } from './connection-answers';
import { forgetConnection } from './connection-clients';
import { clearAccessProblems } from './connection-status';
import { normalBaseUrl } from './host-address';
import { clientAs } from './provider-clients';
import { newRowId, seal } from './sealed-columns';

/** Of a team, so that they can be listed whole. */
const MAX_CONNECTIONS = 100;

/** Accounts at Git hosts that the team lets us use. Their tokens are known to nobody. */
export async function listConnections(ctx: Context, teamId: string): Promise<ConnectionList> {
  requirePermission(ctx, teamId, 'project.create');
  const [rows, apps] = await Promise.all([
    db().connection.findMany({
      where: { teamId },
      include: { _count: { select: { projects: true } } },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
    db().providerApp.findMany({ where: { teamId }, orderBy: { createdAt: 'asc' } }),
  ]);
  return {
    items: rows.map((row) => toConnectionView(ctx, row, row._count.projects)),
    apps: apps.map(({ id, name, baseUrl }) => ({ appId: id, name, baseUrl })),
  };
}

export async function getConnection(ctx: Context, teamId: string, connectionId: string): Promise<ConnectionView> {
  requirePermission(ctx, teamId, 'project.create');
  return viewOf(ctx, await requireConnection(teamId, connectionId));
}

/** The connection of the team; `not_found` for all others. */
export async function requireConnection(teamId: string, connectionId: string): Promise<Connection> {
  const connection = await db().connection.findFirst({ where: { id: connectionId, teamId } });
  if (!connection) throw new AppError('not_found', 'no such connection');
  return connection;
}

/** Asks the host whose token it is before anything is kept. */
export async function createConnection(
  ctx: Context,
  teamId: string,
  request: ConnectionRequest,
): Promise<ConnectionView> {
  requirePermission(ctx, teamId, 'connection.manage');
  const { provider: id, token, username = null } = request;
  const { publicUrl } = providerOf(id);
  const given = request.baseUrl ?? publicUrl;
  if (!given) throw new AppError('invalid_request', 'name the address of the host', fieldOf('baseUrl', 'required'));
  const baseUrl = normalBaseUrl(given);
  const rowId = newRowId();
  const facts = await askWhose({ provider: id, baseUrl, id: rowId }, token, username);
  const secret = await seal('connections.secret', { teamId, rowId }, token);
  const row = await db().$transaction(async (tx) => {
    await tx.$executeRaw`select 1 from teams where id = ${teamId}::uuid for update`;
    if ((await tx.connection.count({ where: { teamId } })) >= MAX_CONNECTIONS) {
      throw new AppError('unprocessable', 'too many connections', {
        details: { reason: 'limit', limit: MAX_CONNECTIONS },
      });
    }
    const name = request.name ?? `${new URL(baseUrl).host} ${facts.account}`.slice(0, LONGEST_NAME);
    const created = await tx.connection.create({
      data: {
        ...{ id: rowId, teamId, provider: id, name, baseUrl, kind: 'token', secret, username, ...facts },
        createdById: ctx.userId,
      },
    });
    const after = { name, provider: id, baseUrl, account: facts.account };
    await recordChange(tx, ctx, { action: 'connection.created', teamId, target: rowId, after });
    return created;
  });
  return toConnectionView(ctx, row, 0);
}

/** Renames it, or puts another token in its place, which the host is asked about first. */
export async function changeConnection(
  ctx: Context,
  teamId: string,
  connectionId: string,
  { name, token, username }: ConnectionChange,
): Promise<ConnectionView> {
  requirePermission(ctx, teamId, 'connection.manage');
  const connection = await requireConnection(teamId, connectionId);
  if (token === undefined && username !== undefined) {
    throw new AppError('invalid_request', 'a user name comes with its token', fieldOf('token', 'required'));
  }
  if (token !== undefined && connection.kind === 'app') {
    throw new AppError('invalid_request', 'an App has no token of its own', fieldOf('token', 'unexpected'));
  }
  const replaced = token === undefined ? {} : await replacementOf(connection, token, username ?? connection.username);
  const row = await db().$transaction(async (tx) => {
    const changed = await tx.connection.update({
      where: { id: connectionId },
      data: { ...(name !== undefined && { name }), ...replaced },
    });
    await recordChange(tx, ctx, {
      action: 'connection.changed',
      teamId,
      target: connectionId,
      before: { name: connection.name },
      after: { name: changed.name, ...(token !== undefined && { account: changed.account, isReplaced: true }) },
    });
    return changed;
  });
  if (token !== undefined) forgetConnection(connectionId);
  return viewOf(ctx, row);
}

async function replacementOf(connection: Connection, token: string, username: string | null) {
  const { id: rowId, teamId } = connection;
  const facts = await askWhose({ ...connection, id: `${rowId} new` }, token, username);
  const secret = await seal('connections.secret', { teamId, rowId }, token);
  return { ...facts, secret, username, status: 'connected' };
}

/** Projects stay, and are read as by anybody from then on. */
export async function deleteConnection(ctx: Context, teamId: string, connectionId: string): Promise<void> {
  requirePermission(ctx, teamId, 'connection.manage');
  await db().$transaction(async (tx) => {
    const projects = await tx.project.count({ where: { connectionId, teamId } });
    const [row] = await tx.connection.findMany({ where: { id: connectionId, teamId } });
    if (!row) throw new AppError('not_found', 'no such connection');
    await tx.connection.deleteMany({ where: { id: connectionId, teamId } });
    const before = { name: row.name, provider: row.provider, baseUrl: row.baseUrl, projects };
    await recordChange(tx, ctx, { action: 'connection.deleted', teamId, target: connectionId, before });
  });
  forgetConnection(connectionId);
}

/** Asks the host again, also where it refused before. What it says is kept and shown; it is no error of the request. */
export async function checkConnection(ctx: Context, teamId: string, connectionId: string): Promise<ConnectionView> {
  requirePermission(ctx, teamId, 'connection.manage');
  const connection = await requireConnection(teamId, connectionId);
  forgetConnection(connectionId);
  const facts = await askAgain({ ...connection, status: 'connected' });
  await db().connection.updateMany({ where: { id: connectionId }, data: { ...facts, checkedAt: new Date() } });
  if ('status' in facts && facts.status === 'connected') await clearAccessProblems(db(), connectionId);
  return viewOf(ctx, await requireConnection(teamId, connectionId));
}

async function askAgain(connection: Connection) {
  try {
    return await askHost(connection);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const { code } = error;
    if (!code.startsWith('provider_') && !code.startsWith('outgoing_')) throw error;
    // The host could not be asked: what is known of the credential stays.
    return { problem: code };
  }
}

async function askWhose(
  { provider, baseUrl, id }: Pick<Connection, 'provider' | 'baseUrl' | 'id'>,
  token: string,
  username: string | null,
) {
  const client = clientAs(id, { provider, baseUrl }, { kind: 'token', token, ...(username !== null && { username }) });
  return factsOf(provider, await providerOf(provider).repositories.whoAmI(client));
}

async function viewOf(ctx: Context, row: Connection): Promise<ConnectionView> {
  return toConnectionView(ctx, row, await db().project.count({ where: { connectionId: row.id } }));
}

function toConnectionView(ctx: Context, row: Connection, projects: number): ConnectionView {
  const missingOf = row.kind === 'app' ? missingPermissions : providerOf(row.provider).scopes.missing;
  return {
    connectionId: row.id,
    provider: row.provider as ConnectionView['provider'],
    name: row.name,
    baseUrl: row.baseUrl,
    kind: row.kind as ConnectionView['kind'],
    account: row.account,
    scopes: row.scopes,
    missingScopes: row.problem === 'provider_scope_missing' ? missingOf(row.scopes) : [],
    status: row.status as ConnectionView['status'],
    problem: row.problem,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    projects,
    canManage: hasPermission(ctx, row.teamId, 'connection.manage'),
  };
}

function fieldOf(field: string, problem: string) {
  return { details: { fields: [{ field, problem }] } };
}
