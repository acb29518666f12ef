import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface LoadMeter {
  /** Since it was read last. */
  read: () => { rssBytes: number; cpuCores: number | null; loopLagMs: number | null };
  stop: () => void;
}

const RESOLUTION_MS = 20;

/** How much this process works: memory, cores, and how long its event loop stood still. */
export function createLoadMeter(): LoadMeter {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let cpu = process.cpuUsage();
  let at = performance.now();
  return {
    read() {
      const used = process.cpuUsage(cpu);
      const elapsedMs = performance.now() - at;
      cpu = process.cpuUsage();
      at = performance.now();
      const lagMs = delay.count === 0 ? null : Math.max(0, delay.max / 1e6 - RESOLUTION_MS);
      delay.reset();
      return {
        rssBytes: process.memoryUsage.rss(),
        cpuCores: elapsedMs > 0 ? (used.user + used.system) / 1000 / elapsedMs : null,
        loopLagMs: lagMs,
      };
    },
    stop: () => delay.disable(),
  };
}
