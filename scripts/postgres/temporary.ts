import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureApplicationLogin } from './application-login';
import { type Cluster, openCluster, removeCluster } from './cluster';
import { startPostgres } from './server';

export interface TemporaryPostgres extends AsyncDisposable {
  cluster: Cluster;
}

/** A PostgreSQL that is gone, files and all, when disposed. Fast rather than durable. */
export async function startTemporaryPostgres(): Promise<TemporaryPostgres> {
  const directory = mkdtempSync(path.join(tmpdir(), 'elder-postgres-'));
  chmodSync(directory, 0o711);
  const cluster = await openCluster(directory);
  const server = await startPostgres(cluster, path.join(directory, 'postgres.log'), {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '300',
  });
  await ensureApplicationLogin(cluster.record);
  return {
    cluster,
    async [Symbol.asyncDispose]() {
      await server.stop();
      removeCluster(cluster);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
