import { collectDefaultMetrics, type Gauge, Registry } from 'prom-client';
import { logger } from '@/lib/logger';

/** What a process counts about itself. */
export const processMetrics = new Registry();
collectDefaultMetrics({ register: processMetrics, prefix: 'elder_' });

/** What the database says of the whole installation: the same from every web process, so take the maximum, never the sum. */
export const instanceMetrics = new Registry();

/** What does not answer in time must not hold up all the others. */
const MOST_MS = 2_000;

/** A collector whose metric is absent while it cannot be measured: an old value would pass for a new one. */
export function measured<Label extends string>(
  collect: (gauge: Gauge<Label>) => Promise<void>,
): (this: Gauge<Label>) => Promise<void> {
  let running: Promise<void> | undefined;
  return async function (this: Gauge<Label>) {
    const forget = () => {
      this.reset();
      // One without labels begins at 0 again.
      this.remove({});
    };
    forget();
    // One that still waits for an answer is not asked beside itself.
    if (running) return;
    const asked = collect(this)
      .catch((err: unknown) => {
        forget();
        logger().warn({ err }, 'a metric could not be measured');
      })
      .finally(() => {
        running = undefined;
      });
    running = asked;
    if (await isDoneInTime(asked)) return;
    forget();
    logger().warn('a metric could not be measured in time');
    // What comes after all is of a time that is past.
    void asked.then(forget);
  };
}

async function isDoneInTime(asked: Promise<void>): Promise<boolean> {
  let late: NodeJS.Timeout | undefined;
  const isLate = new Promise<boolean>((resolve) => {
    late = setTimeout(resolve, MOST_MS, false);
  });
  return Promise.race([asked.then(() => true), isLate]).finally(() => clearTimeout(late));
}
