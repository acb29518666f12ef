import { logger } from '@/lib/logger';
import { checkRedis } from '@/lib/queues/redis';
import { checkDatabase } from './checks/database';
import { checkObjects, ObjectSettings } from './checks/objects';

// node dist/check-store.js database|redis|objects   connects to a store as the product will, and says what is wrong with it.
const CHECKS: Readonly<Record<string, () => Promise<string>>> = {
  database: async () => checkDatabase({ url: setting('DATABASE_URL'), ownerUrl: setting('DATABASE_OWNER_URL') }),
  redis: async () => {
    await checkRedis(setting('REDIS_URL'), logger());
    return 'Redis answers and keeps what it is given.';
  },
  objects: async () => checkObjects(ObjectSettings.parse(process.env)),
};

const [store = ''] = process.argv.slice(2);
const check = CHECKS[store];
if (!check) {
  console.error(`Usage: node dist/check-store.js ${Object.keys(CHECKS).join('|')}`);
  process.exit(2);
}
try {
  console.log(await check());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}
