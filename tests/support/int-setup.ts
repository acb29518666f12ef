import type { TestProject } from 'vitest/node';
import { startDatabaseServer } from './postgres';
import { startRedis } from './redis';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A server on which databases can be made from a migrated template. */
    postgres: { adminUrl: string; ownerUrl: string; applicationUrl: string; template: string };
    /** Null where no Redis server is installed. */
    redisUrl: string | null;
  }
}

/** Runs once for all integration tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startDatabaseServer();
  const redis = await startRedis();
  project.provide('postgres', postgres.access);
  project.provide('redisUrl', redis?.url ?? null);

  return async () => {
    await redis?.[Symbol.asyncDispose]();
    await postgres[Symbol.asyncDispose]();
  };
}
