import type { IgnoredBackup, MadeBackup, OwnerChoice, RestoredBackup } from './cli-instance';
import { counted } from './counted';
import { doctorEn } from './doctor.en';

const IGNORED: Readonly<Record<IgnoredBackup['why'], string>> = {
  unreadable: 'its manifest cannot be read',
  future: 'it tells a time that is to come',
  unproven: 'the key that is set does not open it, or its manifest tells something else',
};

const damagedEn = ({ damagedObjects: keys }: { damagedObjects: readonly string[] }): string =>
  keys.length === 0 ? '' : `\nDamaged before they were backed up, and not restored: ${keys.join(', ')}`;

/** Of the commands for whoever operates an installation. */
export const cliInstanceEn = {
  usage: `Usage: elder backup [--json]
       elder backup list [--json]
       elder backup verify [NAME] [--json]
       elder backup prune [--json]
       elder restore [NAME] [--without-keys] [--json]
       elder doctor [--json]
       elder owner [TEAM-ID] [--json]

backup   writes one backup of database, artifacts and keys; the product may run
  list     tells which there are
  verify   reads all of one and compares counts and digests; the newest unless named
  prune    deletes those that BACKUP_KEEP does not keep
restore  puts one into an empty installation and brings it up to date; the newest unless named
doctor   looks whether the installation can run, and what is amiss

owner    tells the teams and which of them owns the installation, or gives it to one

  --without-keys  with restore: leave the keys in place as they are
  --json          print JSON
  --lang en|ja    language of texts
  --help          print this

Settings are those of the product. BACKUP_KEY or BACKUP_PASSPHRASE seals backups and opens them.

Exit code: 0 done, nothing failed · 1 doctor: something failed · 2 not done
`,
  stopped: 'stopped; what was begun is not kept',
  wrong: {
    language: '--lang must be en or ja',
    options: 'there is no such option, or its value is missing',
    command: (given: string) => `there is no command elder ${given}`,
    withoutKeys: '--without-keys goes with elder restore',
  },
  made: ({ name, rows, tables, objects, sizeBytes, keys }: MadeBackup) =>
    `Backup ${name}: ${counted(String(rows), 'row', 'rows')} of ${counted(String(tables), 'table', 'tables')}, ${counted(String(objects), 'artifact', 'artifacts')}, ${sizeBytes} bytes, keys: ${keys.join(', ') || 'none'}`,
  oddObject: ({ key, why }: { key: string; why: 'name' | 'damaged' }) =>
    why === 'name'
      ? `left out, since the product makes no artifacts of this name: ${JSON.stringify(key)}`
      : `damaged in the object store, and of no use in the backup: ${key}`,
  sameDisk:
    'the backup lies in the data directory, which is lost with the disk: set BACKUP_DIR or S3_BUCKET to another place',
  listed: ({ name, madeAt, productVersion, migration, rows, sizeBytes }: MadeBackup) =>
    `${name}  ${madeAt}  ${productVersion}  ${migration}  ${rows} rows  ${sizeBytes} bytes`,
  none: (place: string) => `There is no backup in ${place}`,
  verified: (
    name: string,
    counts: { tables: number; rows: number; objects: number; damagedObjects: readonly string[] },
  ) =>
    `Backup ${name} is whole: ${counts.rows} rows of ${counts.tables} tables and ${counts.objects} artifacts are as they were written${damagedEn(counts)}`,
  pruned: (names: readonly string[]) => (names.length === 0 ? 'Nothing to delete' : `Deleted ${names.join(', ')}`),
  ignored: (backups: readonly IgnoredBackup[]) =>
    `counted for no backup, and left alone: ${backups.map(({ name, why }) => `${name} (${IGNORED[why]})`).join(', ')}`,
  restored: ({ name, rows, tables, objects, keyFiles, damagedObjects, head }: RestoredBackup) =>
    `Restored ${name}, as of ${head.madeAt}: ${rows} rows of ${tables} tables, ${objects} artifacts, keys: ${keyFiles.join(', ') || 'none written'}${damagedEn({ damagedObjects })}
Start the product, then check the logs with npm run verify:audit-log. Mirrors are fetched again with the next audits.`,
  problems: {
    no_key: 'No key for backups is given: set BACKUP_KEY or BACKUP_PASSPHRASE',
    wrong_key: 'The backup was sealed with another key or passphrase than the one given',
    damaged: 'This is damaged or cut, not what was written: use another backup. Nothing was changed',
    newer: 'The backup was made by a newer release, or by another one: restore it with that release',
    not_empty: 'The database is not empty: restore into a new one',
    in_use: 'The product runs on the database: stop it, wait ten seconds and try again',
    ahead: 'The database is of a later migration than the backup: restore into a new, empty database',
    busy: 'Another backup of this database is being made: wait for its end',
    rows_hidden: 'The role of the database would not see all rows: nothing was written',
    no_such_backup: 'There is no such backup: elder backup list tells which there are',
    other_keys:
      'These encryption keys of the backup are not in place, so that what they sealed could not be opened: give them, in ENCRYPTION_KEY and ENCRYPTION_KEY_PREVIOUS or in the file',
    keys_not_placed:
      'Rows and artifacts are restored, but key files could not be put in place: before the start, rename each to its name without what follows .restored',
    other_objects:
      'The object store holds other artifacts under these names than the backup, or damaged ones: move them away and restore again. Nothing was changed',
    not_as_written: 'After loading the database held other rows than the backup; nothing was kept',
    bucket_missing: 'There is no such bucket: make it, or name another in S3_BUCKET',
    access_denied: 'Access is denied: check the keys, or the rights of this user on the directory',
    endpoint_unknown: 'The host of the object store is unknown: check S3_ENDPOINT and S3_REGION',
    unreachable: 'The object store does not answer: check S3_ENDPOINT and the network',
    full: 'There is no room left: make some',
    missing: 'This part of the backup is missing: use another one',
    failed: 'The object store could not be used',
  },
  database: {
    ECONNREFUSED: 'No PostgreSQL answers at DATABASE_URL',
    ENOTFOUND: 'The host of DATABASE_URL is unknown',
    '28P01': 'PostgreSQL refuses the user or the password of DATABASE_URL or DATABASE_OWNER_URL',
    '3D000': 'The database that DATABASE_URL names does not exist',
    '42P01': 'The database holds nothing of the product yet: start the product, or run npm run migrate',
    '42501': 'The user of the database may not do this: name its owner in DATABASE_OWNER_URL',
    '55P03': 'Something else uses the tables of the database: stop the product and try again',
  },
  owner: {
    team: ({ teamId, teamName, createdAt, isOwner }: OwnerChoice) =>
      `${isOwner ? '*' : ' '} ${teamId}  ${createdAt}  ${JSON.stringify(teamName)}`,
    none: 'No team owns the installation: elder owner TEAM-ID gives it to one',
    noSuchTeam: (given: string | undefined) =>
      `There is no team with the id ${JSON.stringify(given)}; these are there:`,
  },
  doctor: doctorEn,
};
