import { randomUUID } from 'node:crypto';
import { type Context, createContext } from '@/lib/auth/context';
import { hashPassword } from '@/lib/auth/passwords';
import type { Role } from '@/lib/auth/permissions';
import { db } from '@/lib/db/client';
import { logger } from '@/lib/logger';

export const PASSWORD = 'correct horse';

/** Slow on purpose, so it is made once. */
let passwordHash: Promise<string> | undefined;

export interface TestPerson {
  userId: string;
  email: string;
  /** Asks with the roles they have now. */
  ask: (parts?: { sessionId?: string; scopes?: Context['scopes'] }) => Promise<Context>;
}

/** Somebody with a password, in these teams. */
export async function createPerson(roles: Readonly<Record<string, Role>> = {}): Promise<TestPerson> {
  passwordHash ??= hashPassword(PASSWORD);
  const email = `${randomUUID()}@example.org`;
  const memberships = { create: Object.entries(roles).map(([teamId, role]) => ({ teamId, role })) };
  const { id: userId } = await db().user.create({
    data: { email, name: 'Person', passwordHash: await passwordHash, memberships },
  });
  const ask: TestPerson['ask'] = async (parts = {}) => {
    const rows = await db().membership.findMany({ where: { userId } });
    const now = new Map(rows.map(({ teamId, role }) => [teamId, role]));
    return createContext({
      userId,
      roles: now,
      requestId: randomUUID(),
      address: randomUUID(),
      log: logger(),
      ...parts,
    });
  };
  return { userId, email, ask };
}

export async function newTeam(): Promise<string> {
  const { id } = await db().team.create({ data: { name: 'Team' } });
  return id;
}

/** What was written down in the team, oldest first. */
export async function changesOf(teamId: string | null, actorId?: string) {
  const where = { teamId, ...(actorId && { actorId }) };
  const rows = await db().auditLogEntry.findMany({ where, orderBy: { id: 'asc' } });
  return rows.map(({ action, target, before, after }) => ({ action, target, before, after }));
}
