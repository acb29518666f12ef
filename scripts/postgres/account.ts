import { spawnSync } from 'node:child_process';
import { AppError } from '@/lib/errors';

export interface Account {
  uid: number;
  gid: number;
}

/** What PostgreSQL sees of our environment: it needs nothing of it. */
export const CLEAN_ENV = { PATH: '/usr/bin:/bin', TZ: 'UTC' } as unknown as NodeJS.ProcessEnv;

/** Who PostgreSQL runs as. It refuses root, so root lends it an account that has nothing else. */
export function databaseAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ['postgres', 'nobody']) {
    const uid = readId('-u', user);
    const gid = readId('-g', user);
    if (uid && gid) return { uid, gid };
  }
  throw new AppError('unavailable', 'PostgreSQL refuses to run as root and there is no user postgres or nobody.');
}

/** Whether the account may work below a directory: a 0700 parent, as of /root, keeps it out. */
export function canReach(directory: string, account: Account): boolean {
  const { status } = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory], {
    ...account,
    cwd: '/',
    stdio: 'ignore',
  });
  return status === 0;
}

function readId(flag: string, user: string): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, user], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : undefined;
}
