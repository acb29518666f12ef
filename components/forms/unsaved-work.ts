'use client';

type Leave = () => void;

const holders = new Set<symbol>();
const watchers = new Set<() => void>();
let waiting: Leave | null = null;

function tell(next: Leave | null): void {
  waiting = next;
  for (const watcher of watchers) watcher();
}

/** Holds the page until the returned function is called: whoever wants to leave it is asked first. */
export function holdPage(): () => void {
  const holder = Symbol('unsaved');
  holders.add(holder);
  return () => holders.delete(holder);
}

/** Leaves at once when nothing would be lost, else when the person has said so. */
export function leaveBy(leave: Leave): void {
  if (holders.size === 0) leave();
  else tell(leave);
}

export function waitingLeave(): Leave | null {
  return waiting;
}

export function watchLeave(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** What the person answered. Who leaves is not asked again. */
export function answerLeave(isLeaving: boolean): void {
  const leave = waiting;
  tell(null);
  if (!isLeaving) return;
  holders.clear();
  leave?.();
}
