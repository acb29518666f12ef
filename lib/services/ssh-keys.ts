import type { Context } from '@/lib/auth/context';
import { requirePermission } from '@/lib/auth/permissions';
import { db, type Tx } from '@/lib/db/client';
import type { SshKey } from '@/lib/db/generated/client';
import { AppError } from '@/lib/errors';
import { parseRepositoryUrl, type RepositoryUrl } from '@/lib/git/repository-url';
import { fingerprintOf, readHostKey } from '@/lib/git/ssh/host-key';
import { newSshKey } from '@/lib/git/ssh/new-key';
import type { DeployKey, SshKeyView } from '@/lib/schemas/ssh';
import { requireProject } from './access';
import { addressRules } from './address-rules';
import { recordChange } from './change-log';
import { newRowId, seal, unseal } from './sealed-columns';
import { getSshHost } from './ssh-hosts';

const DAY_MS = 24 * 3600_000;
/** Keys of registrations that never happened are kept so long. */
const UNUSED_MS = 30 * DAY_MS;
const MOST_UNUSED = 20;

const SHOWN = { id: true, publicKey: true, createdAt: true } as const;

/** A key for a registration that is to come. Its private half leaves this server no more. */
export async function createSshKey(ctx: Context, teamId: string): Promise<SshKeyView> {
  requirePermission(ctx, teamId, 'project.create');
  const made = await makeKey(teamId);
  return db().$transaction(async (tx) => {
    const unused = { teamId, projectId: null };
    await tx.sshKey.deleteMany({ where: { ...unused, createdAt: { lt: new Date(Date.now() - UNUSED_MS) } } });
    if ((await tx.sshKey.count({ where: unused })) >= MOST_UNUSED) {
      throw new AppError('unprocessable', 'too many keys wait for a registration', {
        details: { reason: 'limit', limit: MOST_UNUSED },
      });
    }
    const key = await tx.sshKey.create({ data: { ...made, teamId, createdById: ctx.userId }, select: SHOWN });
    const after = { fingerprint: fingerprint(key.publicKey) };
    await recordChange(tx, ctx, { action: 'ssh_key.created', teamId, target: key.id, after });
    return toView(key);
  });
}

/** The key with which the project is read over ssh, and by which keys its host is known. */
export async function getDeployKey(ctx: Context, projectId: string): Promise<DeployKey> {
  const project = await requireProject(ctx, projectId, 'project.manage');
  const url = addressOf(project.repositoryUrl);
  if (url.kind !== 'ssh') return { key: null, host: null };
  const [key, host] = await Promise.all([
    db().sshKey.findFirst({ where: { projectId }, select: SHOWN }),
    getSshHost(project.teamId, url),
  ]);
  return { key: key && toView(key), host };
}

/** A new key in place of the one before, which opens nothing from now on. */
export async function replaceDeployKey(ctx: Context, projectId: string): Promise<SshKeyView> {
  const project = await requireProject(ctx, projectId, 'project.manage');
  if (addressOf(project.repositoryUrl).kind !== 'ssh') {
    throw new AppError('unprocessable', 'the project is not read over ssh', { details: { reason: 'not_ssh' } });
  }
  const { teamId } = project;
  const made = await makeKey(teamId);
  return db().$transaction(async (tx) => {
    await tx.sshKey.deleteMany({ where: { projectId } });
    const key = await tx.sshKey.create({
      data: { ...made, teamId, projectId, createdById: ctx.userId },
      select: SHOWN,
    });
    const after = { projectId, fingerprint: fingerprint(key.publicKey) };
    await recordChange(tx, ctx, { action: 'ssh_key.created', teamId, target: key.id, after });
    return toView(key);
  });
}

export async function deleteDeployKey(ctx: Context, projectId: string): Promise<void> {
  const { teamId } = await requireProject(ctx, projectId, 'project.manage');
  await db().$transaction(async (tx) => {
    const key = await tx.sshKey.findFirst({ where: { projectId }, select: SHOWN });
    if (!key) throw new AppError('not_found', 'the project has no key');
    await tx.sshKey.deleteMany({ where: { id: key.id } });
    const before = { projectId, fingerprint: fingerprint(key.publicKey) };
    await recordChange(tx, ctx, { action: 'ssh_key.deleted', teamId, target: key.id, before });
  });
}

/** Gives the key of a registration to its project. A key is of one project for ever. */
export async function bindSshKey(
  tx: Tx,
  { teamId, sshKeyId, projectId }: { teamId: string; sshKeyId: string; projectId: string },
): Promise<void> {
  const { count } = await tx.sshKey.updateMany({
    where: { id: sshKeyId, teamId, projectId: null },
    data: { projectId },
  });
  if (count === 0) throw unknownKey();
}

/** Throws `not_found` unless it is a key of the team that waits for a registration. */
export async function requireWaitingKey(teamId: string, sshKeyId: string): Promise<void> {
  if ((await db().sshKey.count({ where: { id: sshKeyId, teamId, projectId: null } })) === 0) throw unknownKey();
}

/** Which key: one that waits for a registration, or that of the team's project of a repository. */
export type SshKeyOf = { sshKeyId: string } | { ofProject: string };

/** The file that ssh reads; null for a project without a key. Throws `not_found` for a key that does not wait. */
export async function openSshKey(teamId: string, of: SshKeyOf): Promise<string | null> {
  const where = 'ofProject' in of ? { project: { canonicalKey: of.ofProject } } : { id: of.sshKeyId, projectId: null };
  const key = await db().sshKey.findFirst({ where: { ...where, teamId } });
  if (!key && 'sshKeyId' in of) throw unknownKey();
  return key && unseal('ssh_keys.private_key', { teamId, rowId: key.id }, key.privateKey);
}

async function makeKey(teamId: string): Promise<Pick<SshKey, 'id' | 'publicKey' | 'privateKey'>> {
  const id = newRowId();
  const { publicKey, privateKey } = newSshKey(`ancient-elder-${id.slice(0, 8)}`);
  return { id, publicKey, privateKey: await seal('ssh_keys.private_key', { teamId, rowId: id }, privateKey) };
}

function unknownKey(): AppError {
  return new AppError('not_found', 'the team has no such key, or it is used already');
}

function addressOf(repositoryUrl: string): RepositoryUrl {
  return parseRepositoryUrl(repositoryUrl, addressRules());
}

function fingerprint(publicKey: string): string {
  const key = readHostKey(publicKey);
  return key ? fingerprintOf(key) : '';
}

function toView({ id, publicKey, createdAt }: Pick<SshKey, 'id' | 'publicKey' | 'createdAt'>): SshKeyView {
  return { sshKeyId: id, publicKey, fingerprint: fingerprint(publicKey), createdAt: createdAt.toISOString() };
}
