import { actAsSystem } from '@/lib/auth/tenants';
import { collectKeys } from '@/lib/backup/keys';
import { closeDb, query } from '@/lib/db/client';
import { type Env, loadEnv, takeDatabase } from '@/lib/env';
import { INSTANCE_TEXTS } from '@/lib/i18n/cli-instance';
import { logger } from '@/lib/logger';
import type { Language } from '@/lib/magics/types';
import { findRunning } from '../backup/with-database';
import { problemSentence } from '../problem-sentence';
import { checkDatabase, DATABASE_CHECKS } from './database-checks';
import { type Finding, type FindingStatus, failed, notChecked, ok } from './finding';
import { checkAddress, checkDirectory, checkDisk, checkGit, checkNode } from './local-checks';
import { checkBackup, checkMail, checkObjects, checkRedis } from './outside-checks';

const PASSED = 0;
const FAILED = 1;

/** Looks at all that the product needs. Changes nothing but one object of its own, which it deletes. */
export async function runDoctor(
  { isJson }: { isJson: boolean },
  language: Language,
): Promise<{ text: string; code: number }> {
  const findings = await examine(process.env, language);
  const t = INSTANCE_TEXTS[language].doctor;
  const shown = findings.map(({ check, status, says, values }) => ({
    check,
    status,
    message: t.says[says](values),
  }));
  const count = (status: FindingStatus) => findings.filter((finding) => finding.status === status).length;
  const code = count('failed') > 0 ? FAILED : PASSED;
  if (isJson) return { text: `${JSON.stringify({ isHealthy: code === PASSED, findings: shown }, null, 2)}\n`, code };
  const lines = shown.map(({ check, status, message }) =>
    [`${SIGNS[status]} ${t.checks[check]}: ${t.status[status]}`, message].filter(Boolean).join(' — '),
  );
  const summary = t.summary(count('ok'), count('warning'), count('failed'), count('not_checked'));
  return { text: `${[...lines, summary].join('\n')}\n`, code };
}

const SIGNS: Readonly<Record<FindingStatus, string>> = { ok: '✔', warning: '!', failed: '✘', not_checked: '-' };

async function examine(source: NodeJS.ProcessEnv, language: Language): Promise<Finding[]> {
  const local = [checkNode(), await checkGit()];
  let env: Env;
  try {
    env = loadEnv(source);
  } catch (error) {
    return [failed('settings', 'bad_settings', { what: problemSentence(error, language) }), ...local];
  }
  return [
    ok('settings'),
    ...local,
    await checkDisk(env),
    checkDirectory(env),
    checkAddress(env),
    ...(await examineDatabase(env, language)),
    await checkRedis(env, logger()),
    await checkObjects(env, language),
    await checkMail(env),
    await checkBackup(env, language),
  ];
}

async function examineDatabase(env: Env, language: Language): Promise<Finding[]> {
  const without = (finding: Finding) => [
    finding,
    ...DATABASE_CHECKS.map((check) => notChecked(check, 'database_first')),
  ];
  try {
    const url = env.DATABASE_URL ?? (await findRunning(env.ELDER_DATA_DIR))?.applicationUrl;
    if (!url) return without(notChecked('database', 'no_database'));
    // What is asked below is asked as the product asks it.
    takeDatabase(url);
    actAsSystem();
    await query`select 1`;
    return [ok('database', new URL(url).host), ...(await checkDatabase(env, await collectKeys(env)))];
  } catch (error) {
    return without(failed('database', 'no_answer', { what: problemSentence(error, language) }));
  } finally {
    await closeDb();
  }
}
