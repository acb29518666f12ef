import { actAsSystem } from '@/lib/auth/tenants';
import { closeDb } from '@/lib/db/client';
import { loadEnv, takeDatabase } from '@/lib/env';
import { INSTANCE_TEXTS } from '@/lib/i18n/cli-instance';
import type { Language } from '@/lib/magics/types';
import { listOwnerChoices, setOwnerTeam } from '@/lib/services/instance-owner';
import packageJson from '@/package.json' with { type: 'json' };
import { withDatabase } from '../backup/with-database';
import type { InstanceCommand } from '../instance-arguments';

const PASSED = 0;
const WRONG = 2;

/** Tells which team owns the installation, or gives it to one: for whoever has the database, as the product has it. */
export async function runOwner(
  { teamId, isJson }: Extract<InstanceCommand, { name: 'owner' }>,
  language: Language,
): Promise<{ text: string; code: number }> {
  const env = loadEnv(process.env);
  const t = INSTANCE_TEXTS[language].owner;
  return withDatabase(env, { isAlone: false, productVersion: packageJson.version }, async ({ applicationUrl }) => {
    takeDatabase(applicationUrl);
    actAsSystem();
    try {
      const isDone = teamId === undefined || (await setOwnerTeam(teamId));
      const teams = await listOwnerChoices();
      if (isJson) return { text: `${JSON.stringify({ teams }, null, 2)}\n`, code: isDone ? PASSED : WRONG };
      const lines = [...(isDone ? [] : [t.noSuchTeam(teamId)]), ...teams.map(t.team)];
      if (!teams.some(({ isOwner }) => isOwner)) lines.push(t.none);
      return { text: `${lines.join('\n')}\n`, code: isDone ? PASSED : WRONG };
    } finally {
      await closeDb();
    }
  });
}
