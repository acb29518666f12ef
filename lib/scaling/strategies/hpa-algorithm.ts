import { stabilised } from './bounds';
import type { Memory } from './strategy';

/** Defaults of HorizontalPodAutoscaler `autoscaling/v2` and its controller. */
const TOLERANCE = 0.1;
const DOWN_STABILISATION_SECONDS = 300;
const UP_PERCENT = 100;
const UP_PODS = 4;

/**
 * The algorithm of Kubernetes' HorizontalPodAutoscaler: `ceil(replicas × ratio)` unless the ratio is within the tolerance,
 * never below what was wanted within 300 s, and up by the larger of 100 % and 4 pods in 15 s.
 * @param ratio of the measured value to its target
 */
export function hpaReplicas(
  { replicas, ratio, atMs }: { replicas: number; ratio: number; atMs: number },
  memory: Memory,
): { replicas: number; memory: Memory; isTolerated: boolean } {
  const isTolerated = Math.abs(ratio - 1) <= TOLERANCE;
  const wanted = isTolerated ? replicas : Math.ceil(replicas * ratio - 1e-9);
  const stable = stabilised(wanted, atMs, DOWN_STABILISATION_SECONDS, memory);
  // What was wanted before may hold replicas, and never adds any.
  const held = wanted < replicas ? Math.min(replicas, stable.replicas) : wanted;
  const most = Math.max(replicas + (replicas * UP_PERCENT) / 100, replicas + UP_PODS);
  return { replicas: Math.min(held, most), memory: stable.memory, isTolerated };
}
