import { AppError, type ErrorCode } from '@/lib/errors';

/** What can be wrong with a backup or where it shall go; `details.problem` of the errors. */
export type BackupProblem =
  | 'no_key'
  | 'wrong_key'
  | 'damaged'
  | 'newer'
  | 'not_empty'
  | 'in_use'
  | 'ahead'
  | 'busy'
  | 'rows_hidden'
  | 'no_such_backup'
  | 'other_keys'
  | 'other_objects'
  | 'keys_not_placed'
  | 'not_as_written';

const CODES: Readonly<Record<BackupProblem, ErrorCode>> = {
  no_key: 'invalid_settings',
  wrong_key: 'invalid_settings',
  damaged: 'unprocessable',
  newer: 'conflict',
  not_empty: 'conflict',
  in_use: 'conflict',
  ahead: 'conflict',
  busy: 'conflict',
  rows_hidden: 'invalid_settings',
  no_such_backup: 'not_found',
  other_keys: 'conflict',
  other_objects: 'conflict',
  keys_not_placed: 'conflict',
  not_as_written: 'unprocessable',
};

/** @param what of which backup, table, migration or file it is said */
export function backupError(problem: BackupProblem, what: string, cause?: unknown): AppError {
  return new AppError(CODES[problem], `${sentenceOf(problem)} (${what})`, { cause, details: { problem, what } });
}

function sentenceOf(problem: BackupProblem): string {
  switch (problem) {
    case 'no_key':
      return 'No key for backups is given: set BACKUP_KEY or BACKUP_PASSPHRASE';
    case 'wrong_key':
      return 'The backup was sealed with another key or passphrase than the one given';
    case 'damaged':
      return 'The backup is damaged or cut: it is not what was written';
    case 'newer':
      return 'The backup was made by a newer release: restore it with that one';
    case 'not_empty':
      return 'The database is not empty: restore into a new one';
    case 'in_use':
      return 'The product runs on the database: stop it first';
    case 'ahead':
      return 'The database is of a later migration than the backup: restore into a new one';
    case 'busy':
      return 'Another backup of this database is being made';
    case 'rows_hidden':
      return 'The role of the database would not see all rows';
    case 'no_such_backup':
      return 'There is no such backup';
    case 'other_keys':
      return 'Encryption keys of the backup are not among those of the installation';
    case 'keys_not_placed':
      return 'Rows and artifacts are restored, but these key files could not be put in place: move each to its name without .restored-';
    case 'other_objects':
      return 'The object store holds other artifacts under these names than the backup: move them away';
    case 'not_as_written':
      return 'The database holds other rows than the backup after loading; nothing was kept';
  }
}
