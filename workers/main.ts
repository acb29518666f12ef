import { closeDb } from '@/lib/db/client';
import { databaseUrl, env } from '@/lib/env';
import { logger } from '@/lib/logger';
import { sendPulse } from '@/lib/pulse';
import { closePublisher } from '@/lib/realtime/publish';
import { loadEvidenceKey } from '@/lib/services/evidence-key';
import { prepareAdvisories } from '@/lib/services/imported-advisories';
import { startWorker } from './worker';

try {
  const { WORKER_KINDS: kinds, WORKER_CONCURRENCY: concurrency, REDIS_URL: redisUrl } = env();
  if (kinds.includes('judge')) await Promise.all([prepareAdvisories(), loadEvidenceKey()]);
  const worker = await startWorker({ databaseUrl: databaseUrl(), redisUrl, kinds, concurrency, log: logger() });
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
    await worker.stop();
    await closePublisher();
    await closeDb();
    if (process.connected) process.disconnect?.();
  };
  process.once('SIGTERM', () => shutDown('SIGTERM'));
  process.once('SIGINT', () => shutDown('SIGINT'));
  // The supervisor is gone: nobody would start or stop this process any more.
  process.once('disconnect', () => shutDown('supervisor gone'));
  process.send?.('ready');
  sendPulse();
} catch (err) {
  logger().error({ err }, 'worker could not start');
  // Half of it may be running.
  process.exit(1);
}
