import type { Connection } from './live-client';

export type ChipState = 'offline' | 'connecting' | 'live' | 'idle';

/** What the chip says. A page just drawn without an audit to follow is right as it stands, connected or not. */
export function chipState({ state, asOf }: Connection, isRunning: boolean): ChipState {
  if (state === 'offline') return 'offline';
  if (state === 'connecting' && (isRunning || asOf > 0)) return 'connecting';
  return isRunning ? 'live' : 'idle';
}
