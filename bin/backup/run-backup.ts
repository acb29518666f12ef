import { existsSync } from 'node:fs';
import path from 'node:path';
import { findBackup, listBackups } from '@/lib/backup/backup-list';
import { verifyBackup } from '@/lib/backup/check-archive';
import { collectKeys } from '@/lib/backup/keys';
import { makeBackup } from '@/lib/backup/make-backup';
import type { OddObject } from '@/lib/backup/objects';
import { type BackupStores, backupSecretOf, openBackupStores } from '@/lib/backup/open-stores';
import { pruneBackups } from '@/lib/backup/prune';
import { restoreBackup } from '@/lib/backup/restore-backup';
import { type Env, loadEnv } from '@/lib/env';
import { INSTANCE_TEXTS } from '@/lib/i18n/cli-instance';
import type { Language } from '@/lib/magics/types';
import { openObjectStore } from '@/lib/objects/open-store';
import packageJson from '@/package.json' with { type: 'json' };
import type { InstanceCommand } from '../instance-arguments';
import { createMigrating } from './migrating';
import { withDatabase } from './with-database';

const PASSED = 0;
const productVersion = packageJson.version;

interface Surroundings {
  language: Language;
  say: (text: string) => void;
  signal: AbortSignal;
}

type BackupCommand = Exclude<InstanceCommand, { name: 'doctor' | 'owner' }>;

/** `elder backup`, `elder backup list|verify|prune` and `elder restore`. */
export async function runBackup(
  command: BackupCommand,
  { language, say, signal }: Surroundings,
): Promise<{ text: string; code: number }> {
  const env = loadEnv(process.env);
  const t = INSTANCE_TEXTS[language];
  using stores = await openBackupStores(env);
  const answer = (result: object, text: string) => ({
    text: command.isJson ? `${JSON.stringify(result, null, 2)}\n` : `${text}\n`,
    code: PASSED,
  });
  switch (command.name) {
    case 'backup': {
      const made = await backUp(env, stores, { language, say, signal });
      if (!env.BACKUP_DIR && !env.S3_BUCKET) say(t.sameDisk);
      return answer(made, t.made(made));
    }
    case 'list': {
      const { backups, ignored } = await listBackups(stores.data);
      if (ignored.length > 0) say(t.ignored(ignored));
      return answer(backups, backups.map(t.listed).join('\n') || t.none(stores.data.place));
    }
    case 'verify': {
      const manifest = await findBackup(stores.data, command.backup);
      const counts = await verifyBackup(manifest, stores, backupSecretOf(env));
      return answer({ name: manifest.name, ...counts }, t.verified(manifest.name, counts));
    }
    case 'prune': {
      const secret = backupSecretOf(env);
      const { deleted, ignored } = await pruneBackups({ stores, keep: env.BACKUP_KEEP, secret });
      if (ignored.length > 0) say(t.ignored(ignored));
      return answer({ pruned: deleted, ignored }, t.pruned(deleted));
    }
    case 'restore': {
      const restored = await restore(env, stores, command);
      return answer(restored, t.restored(restored));
    }
  }
}

async function backUp(env: Env, stores: BackupStores, { language, say, signal }: Surroundings) {
  const onOddObject = (object: OddObject) => say(INSTANCE_TEXTS[language].oddObject(object));
  const secret = backupSecretOf(env);
  using objects = await openObjectStore(env);
  const keys = await collectKeys(env);
  return withDatabase(env, { isAlone: false, productVersion }, ({ ownerUrl: databaseUrl }) =>
    makeBackup({ databaseUrl, objects, keys, secret, stores, productVersion, onOddObject, signal }),
  );
}

async function restore(
  env: Env,
  stores: BackupStores,
  { backup, hasKeys }: Extract<BackupCommand, { name: 'restore' }>,
) {
  const secret = backupSecretOf(env);
  using objects = await openObjectStore(env);
  const manifest = await findBackup(stores.data, backup);
  const restored = await withDatabase(env, { isAlone: true, productVersion }, ({ ownerUrl, applicationUrl }) =>
    restoreBackup({
      manifest,
      stores,
      secret,
      ownerUrl,
      migrating: createMigrating({
        ownerUrl,
        applicationUrl,
        role: env.DATABASE_ROLE,
        migrationsDirectory: migrationsDirectory(),
      }),
      objects,
      settings: env,
      hasKeys,
      productVersion,
    }),
  );
  return { name: manifest.name, ...restored };
}

/** Of the product, whose folder bin/elder.mjs went to. */
function migrationsDirectory(): string {
  const directory = path.resolve('prisma/migrations');
  if (!existsSync(directory)) throw new Error(`${directory} is missing: run elder from the folder of the product`);
  return directory;
}
