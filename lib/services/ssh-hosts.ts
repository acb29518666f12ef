import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import type { SshHost } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import type { RepositoryUrl } from '@/lib/git/repository-url';
import { fingerprintOf, type HostKey, readHostKey, writeHostKey } from '@/lib/git/ssh/host-key';
import { placeOf } from '@/lib/git/ssh/place';
import { publishedHostKeys } from '@/lib/git/ssh/published-host-keys';
import { scanHostKeys } from '@/lib/git/ssh/scan-host-keys';
import type { HostKeysConfirmation, SshHostList, SshHostView } from '@/lib/schemas/ssh';
import { addressRules } from './address-rules';
import { recordChange } from './change-log';

const PORT = 22;
/** Of a team: whoever registers addresses may name any host. */
const MOST_WAITING = 50;
const MOST_LISTED = 500;

/** Hosts that the team reads over ssh, those that want to be looked at first. */
export async function listSshHosts(ctx: Context, teamId: string): Promise<SshHostList> {
  requirePermission(ctx, teamId, 'project.create');
  const rows = await db().sshHost.findMany({ where: { teamId }, orderBy: { host: 'asc' }, take: MOST_LISTED });
  const items = rows.map(toView).sort((a, b) => b.offeredKeys.length - a.offeredKeys.length);
  return { items };
}

/** From now on the host is known by the keys it showed. The fingerprints say that a person compared these very keys. */
export async function confirmHostKeys(
  ctx: Context,
  teamId: string,
  host: string,
  { fingerprints }: HostKeysConfirmation,
): Promise<SshHostView> {
  requirePermission(ctx, teamId, 'project.manage');
  const row = await db().$transaction(async (tx) => {
    const known = await tx.sshHost.findFirst({ where: { teamId, host } });
    if (!known) throw new AppError('not_found', 'the team reads no such host');
    const offered = keysOf(known.offeredKeys).map(fingerprintOf);
    const named = new Set(fingerprints);
    const isSame = named.size === offered.length && offered.every((one) => named.has(one));
    if (offered.length === 0 || !isSame)
      throw new AppError('conflict', 'the host does not show these keys, or not only these');
    const [changed] = await tx.sshHost.updateManyAndReturn({
      where: { teamId, host, offeredKeys: { equals: known.offeredKeys } },
      data: { keys: known.offeredKeys, offeredKeys: [], confirmedById: ctx.userId, confirmedAt: new Date() },
    });
    if (!changed) throw new AppError('conflict', 'the host showed other keys meanwhile');
    const before = { fingerprints: trusted(host, known).map(fingerprintOf) };
    const after = { fingerprints: offered };
    await recordChange(tx, ctx, { action: 'host_key.confirmed', teamId, target: host, before, after });
    return changed;
  });
  return toView(row);
}

export async function getSshHost(teamId: string, url: RepositoryUrl): Promise<SshHostView> {
  const host = placeOf(url);
  const row = await db().sshHost.findFirst({ where: { teamId, host } });
  return toView(row ?? { host, keys: [], offeredKeys: [], seenAt: null, confirmedAt: null });
}

/** By which keys the host is known. One that nobody knows is asked for its keys, and `repository_host_key_unknown` thrown. */
export async function trustedHostKeys(teamId: string, url: RepositoryUrl, signal: AbortSignal): Promise<HostKey[]> {
  const host = placeOf(url);
  const row = await db().sshHost.findFirst({ where: { teamId, host } });
  const keys = trusted(host, row);
  if (keys.length > 0) return keys;
  const offered = await scan(url, signal);
  await keepOffered(teamId, host, offered);
  throw problem('repository_host_key_unknown', host, [], offered);
}

/** Git met a key that is not among those: it is asked for, to be shown beside the known ones. Gives the error to throw. */
export async function hostKeysRefused(
  { teamId, url, keys }: { teamId: string; url: RepositoryUrl; keys: readonly HostKey[] },
  signal: AbortSignal,
): Promise<AppError> {
  const host = placeOf(url);
  const offered = await scan(url, signal);
  const known = new Set(keys.map(({ key }) => key));
  // A host that shows a known key when it is asked is not changed, however it was met a moment ago.
  if (offered.some(({ key }) => !known.has(key))) await keepOffered(teamId, host, offered);
  return problem('repository_host_key_changed', host, keys, offered);
}

function scan(url: RepositoryUrl, signal: AbortSignal): Promise<HostKey[]> {
  return scanHostKeys({ host: url.host ?? '', port: url.port ?? PORT }, addressRules(), signal);
}

async function keepOffered(teamId: string, host: string, offered: readonly HostKey[]): Promise<void> {
  const offeredKeys = offered.map(writeHostKey);
  const seenAt = new Date();
  await db().$transaction(async (tx) => {
    const waiting = await tx.sshHost.findMany({
      where: { teamId, confirmedAt: null, host: { not: host } },
      orderBy: { seenAt: 'desc' },
      select: { host: true },
      skip: MOST_WAITING - 1,
    });
    const old = waiting.map((row) => row.host);
    if (old.length > 0) await tx.sshHost.deleteMany({ where: { teamId, host: { in: old }, confirmedAt: null } });
    await tx.sshHost.createMany({ data: [{ teamId, host, seenAt }], skipDuplicates: true });
    await tx.sshHost.updateMany({ where: { teamId, host }, data: { offeredKeys, seenAt } });
  });
}

function problem(
  code: 'repository_host_key_unknown' | 'repository_host_key_changed',
  host: string,
  keys: readonly HostKey[],
  offered: readonly HostKey[],
): AppError {
  const details = { host, fingerprints: keys.map(fingerprintOf), offeredFingerprints: offered.map(fingerprintOf) };
  return new AppError(code, `${host} shows a key that nobody confirmed`, { details });
}

type Row = Pick<SshHost, 'host' | 'keys' | 'offeredKeys' | 'confirmedAt'> & { seenAt: Date | null };

/** What a person confirmed goes before what the host published when this release was made. */
function trusted(host: string, row: Pick<Row, 'keys'> | null): HostKey[] {
  const confirmed = keysOf(row?.keys ?? []);
  return confirmed.length > 0 ? confirmed : publishedHostKeys(host);
}

function keysOf(lines: readonly string[]): HostKey[] {
  return lines.flatMap((line) => readHostKey(line) ?? []);
}

function toView(row: Row): SshHostView {
  const keys = trusted(row.host, row);
  const offered = keysOf(row.offeredKeys);
  const view = (key: HostKey) => ({ type: key.type, fingerprint: fingerprintOf(key) });
  return {
    host: row.host,
    status: statusOf(keys, offered, row),
    keys: keys.map(view),
    offeredKeys: offered.map(view),
    seenAt: row.seenAt?.toISOString() ?? null,
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
  };
}

function statusOf(keys: readonly HostKey[], offered: readonly HostKey[], row: Row): SshHostView['status'] {
  if (keys.length === 0) return 'waiting';
  if (offered.length > 0) return 'changed';
  return row.confirmedAt ? 'confirmed' : 'published';
}
