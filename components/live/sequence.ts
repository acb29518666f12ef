export type Arrival = 'next' | 'gap' | 'stale';

export interface SequenceTracker {
  /** The page was drawn with the state after this event. */
  seed: (auditId: string, sequence: number) => void;
  /** `gap`: events were missed, read the state again. `stale`: already part of what is shown. */
  observe: (auditId: string, sequence: number) => Arrival;
}

/** Knows the last event of each audit. Events are numbered from 1 for each audit. */
export function createSequenceTracker(): SequenceTracker {
  const last = new Map<string, number>();
  return {
    seed: (auditId, sequence) => {
      last.set(auditId, Math.max(sequence, last.get(auditId) ?? 0));
    },
    observe: (auditId, sequence) => {
      const before = last.get(auditId) ?? 0;
      if (sequence <= before) return 'stale';
      last.set(auditId, sequence);
      return sequence === before + 1 ? 'next' : 'gap';
    },
  };
}
