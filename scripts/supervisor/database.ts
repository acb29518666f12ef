import { ensureApplicationLogin } from '../postgres/application-login';
import { type Cluster, openCluster } from '../postgres/cluster';
import { stopLeftover } from '../postgres/leftover';
import { findFreePort, portProblem } from '../postgres/ports';
import { applicationUrl, ownerUrl, saveRecord } from '../postgres/record';
import { type RunningPostgres, startPostgres } from '../postgres/server';
import type { DataDirectory } from './data-directory';
import { type Kept, keepRunning } from './keep-running';

export interface EmbeddedDatabase {
  /** Of the web and the workers, who own nothing. */
  applicationUrl: string;
  ownerUrl: string;
  kept: Kept<RunningPostgres>;
}

/** Starts the database of a data directory and keeps it running. */
export async function startDatabase(
  data: DataDirectory,
  onEnd: (how: string, delayMs: number) => void,
): Promise<EmbeddedDatabase> {
  const found = await openCluster(data.path);
  await stopLeftover(found.directory);
  const cluster = await withFreePort(found, data.path);
  const start = () => startPostgres(cluster, data.logFile('postgres'));
  const running = await start();
  try {
    await ensureApplicationLogin(cluster.record);
  } catch (error) {
    await running.stop();
    throw error;
  }
  const kept = keepRunning(running, start, onEnd);
  return { applicationUrl: applicationUrl(cluster.record), ownerUrl: ownerUrl(cluster.record), kept };
}

/** The port is remembered, so that tools find the database again, unless something else has taken it. */
async function withFreePort(cluster: Cluster, dataDirectory: string): Promise<Cluster> {
  if ((await portProblem(cluster.record.port)) === null) return cluster;
  const record = { ...cluster.record, port: await findFreePort() };
  saveRecord(dataDirectory, record);
  return { ...cluster, record };
}
