import { actAsSystem } from '@/lib/auth/tenants';
import { closeDb } from '@/lib/db/client';
import { databaseUrl, env } from '@/lib/env';
import { logger } from '@/lib/logger';
import { isStoreShared } from '@/lib/objects/open-store';
import { sendPulse } from '@/lib/pulse';
import { closePublisher } from '@/lib/realtime/publish';
import { warnOfDatabaseRole } from '@/lib/services/database-role';
import { loadEvidenceKey } from '@/lib/services/evidence-key';
import { prepareAdvisories } from '@/lib/services/imported-advisories';
import { startTracingOf } from '@/lib/services/tracing';
import { startScaling } from './scaling/start-scaling';
import { startWorker } from './worker';

actAsSystem();
try {
  const { WORKER_KINDS: kinds, WORKER_CONCURRENCY: concurrency, REDIS_URL: redisUrl, HOST: host } = env();
  const { WORKER_HEALTH_PORT: healthPort, WORKER_METRICS_PORT: metricsPort } = env();
  const tracing = await startTracingOf('worker');
  // Where judges have no Git, facts are put together before they are judged.
  if (kinds.includes(isStoreShared(env()) ? 'git' : 'judge')) await prepareAdvisories();
  if (kinds.includes('judge')) await loadEvidenceKey();
  const worker = await startWorker({
    databaseUrl: databaseUrl(),
    redisUrl,
    kinds,
    concurrency,
    servers: { host, healthPort, metricsPort },
    log: logger(),
  });
  const scaling = kinds.includes('maintain') ? await startScaling(worker.id, logger()) : null;
  let isStopping = false;
  const shutDown = (reason: string) => {
    if (isStopping) return;
    isStopping = true;
    logger().info({ reason }, 'worker stops');
    stop().catch((err: unknown) => {
      logger().error({ err }, 'worker did not stop cleanly');
      process.exit(1);
    });
  };
  const stop = async () => {
    await scaling?.[Symbol.asyncDispose]();
    await worker.stop();
    await closePublisher();
    await closeDb();
    await tracing?.[Symbol.asyncDispose]();
    if (process.connected) process.disconnect?.();
  };
  process.once('SIGTERM', () => shutDown('SIGTERM'));
  process.once('SIGINT', () => shutDown('SIGINT'));
  // The supervisor is gone: nobody would start or stop this process any more.
  process.once('disconnect', () => shutDown('supervisor gone'));
  void warnOfDatabaseRole(logger());
  process.send?.('ready');
  sendPulse();
} catch (err) {
  logger().error({ err }, 'worker could not start');
  // Half of it may be running.
  process.exit(1);
}
