/** How often a program tells who started it that its event loop turns. */
export const PULSE_MS = 5_000;
export const PULSE = 'alive';

/** Tells it as long as somebody listens. */
export function sendPulse(): void {
  setInterval(() => process.connected && process.send?.(PULSE), PULSE_MS).unref();
}
