import type { Series } from '@/lib/scaling/series';
import type { Memory, Observed, Strategy, Target } from '@/lib/scaling/strategies/strategy';
import { replicaHourCost } from '@/lib/scaling/tiers';
import { createEndTimes } from './end-times';
import { exponential, randomOf } from './random';
import { meanSecondsOf, serviceTimesOf, type WorkMix } from './service-times';
import { createWaitHistogram } from './wait-histogram';

export interface SimulationOptions {
  /** Work that arrives, in busy slots; steps without a value bring none. */
  load: Series;
  mix: readonly WorkMix[];
  strategy: Strategy;
  target: Target;
  /** From asking for a pod until it takes jobs. */
  startupSeconds: number;
  /** Between two decisions. */
  everySeconds: number;
  /** What the forecast says at a moment about the time until a pod asked for then is ready. */
  forecastAt: (atMs: number) => Observed['forecast'];
  seed: number;
}

export interface SimulationResult {
  jobs: number;
  /** Seconds from arrival to start. */
  wait: { p50: number | null; p95: number | null; p99: number | null };
  /** Pod-minutes from asking for a pod to its end. */
  podMinutes: number;
  mostPods: number;
  cost: number;
  /** Busy share of the slots that were paid for. */
  utilisation: number;
  /** Pod-minutes that the load needed at the aimed utilisation, over those provided: 1 is exactly as many. */
  efficiency: number;
  /** Jobs that had not ended when the trace did; 0 means that nothing was lost or left. */
  unfinished: number;
}

/**
 * Plays a load against a strategy, job by job: Poisson arrivals whose rate follows the load, first come first served, one
 * slot a pod; pods take time to start, and one that is taken away while busy ends its job first.
 */
export function simulate(options: SimulationOptions): SimulationResult {
  const { load, mix, strategy, target, startupSeconds, everySeconds, forecastAt, seed } = options;
  const random = randomOf(seed);
  const serviceSeconds = serviceTimesOf(mix, random);
  const meanSeconds = meanSecondsOf(mix);
  const end = load.values.length * load.stepSeconds;
  const ends = createEndTimes();
  const waits = createWaitHistogram();
  const queue = createQueue();
  const starting: number[] = [];
  let memory: Memory = [];
  let wanted = Math.max(target.minReplicas, Math.ceil((load.values[0] ?? 0) / target.utilisation));
  let idle = wanted;
  let draining = 0;
  let now = 0;
  let podSeconds = 0;
  let busySeconds = 0;
  let jobs = 0;
  let mostPods = 0;
  let sinceLook = { busy: 0, ready: 0 };
  let nextArrival = arrivalAfter(0);
  let nextLook = 0;

  function arrivalAfter(from: number): number {
    let at = from;
    while (at < end) {
      const step = Math.floor(at / load.stepSeconds);
      const rate = (load.values[step] ?? 0) / meanSeconds;
      const stepEnd = (step + 1) * load.stepSeconds;
      const gap = rate > 0 ? exponential(random) / rate : Number.POSITIVE_INFINITY;
      if (at + gap < stepEnd) return at + gap;
      // Without memory: what is left of the gap begins anew at the next step's rate.
      at = stepEnd;
    }
    return Number.POSITIVE_INFINITY;
  }
  const advance = (to: number) => {
    const span = to - now;
    const busy = ends.size();
    podSeconds += span * (busy + idle + starting.length);
    busySeconds += span * busy;
    sinceLook.busy += span * (busy - draining);
    sinceLook.ready += span * (busy - draining + idle);
    now = to;
  };
  const start = (arrivedAt: number) => {
    waits.add(now - arrivedAt);
    idle -= 1;
    ends.add(now + serviceSeconds());
  };
  const fill = () => {
    while (idle > 0 && queue.size() > 0) start(queue.take());
  };
  const look = () => {
    const utilisation = sinceLook.ready > 0 ? sinceLook.busy / sinceLook.ready : null;
    const atMs = load.startMs + now * 1000;
    const waiting = queue.size();
    const decision = strategy.decide(
      {
        atMs,
        replicas: wanted,
        waiting,
        running: ends.size(),
        oldestWaitSeconds: waiting > 0 ? now - queue.oldest() : 0,
        waitingSeconds: waiting * meanSeconds,
        utilisation,
        forecast: forecastAt(atMs),
      },
      target,
      memory,
    );
    memory = decision.memory;
    sinceLook = { busy: 0, ready: 0 };
    resize(decision.replicas);
  };
  const resize = (replicas: number) => {
    for (; wanted < replicas; wanted += 1) {
      // A pod that ends its last job cannot be called back.
      starting.push(now + startupSeconds);
    }
    for (; wanted > replicas; wanted -= 1) {
      if (starting.length > 0) starting.pop();
      else if (idle > 0) idle -= 1;
      else draining += 1;
    }
    mostPods = Math.max(mostPods, wanted);
  };

  while (true) {
    const nextReady = starting[0] ?? Number.POSITIVE_INFINITY;
    const next = Math.min(nextArrival, ends.soonest(), nextReady, nextLook);
    if (next >= end) break;
    advance(next);
    if (next === nextLook) {
      look();
      nextLook += everySeconds;
    } else if (next === nextReady) {
      starting.shift();
      idle += 1;
    } else if (next === nextArrival) {
      jobs += 1;
      queue.add(now);
      nextArrival = arrivalAfter(now);
    } else {
      ends.takeSoonest();
      if (draining > 0) draining -= 1;
      else idle += 1;
    }
    fill();
  }
  advance(end);
  const needed = load.values.reduce<number>(
    (sum, value) => sum + Math.max(target.minReplicas, Math.ceil((value ?? 0) / target.utilisation)) * load.stepSeconds,
    0,
  );
  return {
    jobs,
    wait: { p50: waits.quantile(0.5), p95: waits.quantile(0.95), p99: waits.quantile(0.99) },
    podMinutes: podSeconds / 60,
    mostPods,
    cost: (podSeconds / 3600) * replicaHourCost(target.tier),
    utilisation: busySeconds / podSeconds,
    efficiency: needed / podSeconds,
    unfinished: queue.size(),
  };
}

/** First come first served, without moving what waits. */
function createQueue() {
  let items: number[] = [];
  let head = 0;
  return {
    size: () => items.length - head,
    oldest: () => items[head] ?? 0,
    add: (at: number) => items.push(at),
    take: () => {
      const first = items[head] ?? 0;
      head += 1;
      if (head > 10_000) {
        items = items.slice(head);
        head = 0;
      }
      return first;
    },
  };
}
