import path from 'node:path';
import type { Env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { type ApplicationRole, settleApplicationRole } from './application-role';
import { applyMigrations } from './apply';
import { readMigrations } from './history';

type Settings = Pick<Env, 'DATABASE_URL' | 'DATABASE_OWNER_URL' | 'DATABASE_ROLE'>;

/** Migrates as the owner, and gives the role of the web and the workers what they need. */
export async function bringUpToDate(settings: Settings): Promise<ApplicationRole & { applied: string[] }> {
  const { DATABASE_URL: applicationUrl, DATABASE_ROLE: role } = settings;
  if (!applicationUrl) throw new AppError('invalid_settings', 'DATABASE_URL is not set');
  const ownerUrl = settings.DATABASE_OWNER_URL ?? applicationUrl;
  const applied = await applyMigrations(ownerUrl, readMigrations(path.resolve('prisma/migrations')));
  return { applied, ...(await settleApplicationRole({ ownerUrl, applicationUrl, role })) };
}
