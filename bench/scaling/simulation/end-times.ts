/** The moments at which busy slots become free, the soonest first (a binary heap). */
export interface EndTimes {
  size: () => number;
  /** The soonest, infinity when none is busy. */
  soonest: () => number;
  add: (at: number) => void;
  takeSoonest: () => number;
}

export function createEndTimes(): EndTimes {
  const heap: number[] = [];
  const at = (index: number) => heap[index] ?? Number.POSITIVE_INFINITY;
  const swap = (a: number, b: number) => {
    const kept = at(a);
    heap[a] = at(b);
    heap[b] = kept;
  };
  return {
    size: () => heap.length,
    soonest: () => at(0),
    add: (time) => {
      heap.push(time);
      for (let index = heap.length - 1; index > 0; ) {
        const parent = (index - 1) >> 1;
        if (at(parent) <= at(index)) break;
        swap(parent, index);
        index = parent;
      }
    },
    takeSoonest: () => {
      const first = at(0);
      const last = heap.pop();
      if (heap.length > 0 && last !== undefined) heap[0] = last;
      for (let index = 0; ; ) {
        const left = 2 * index + 1;
        if (left >= heap.length) break;
        const child = at(left + 1) < at(left) ? left + 1 : left;
        if (at(index) <= at(child)) break;
        swap(index, child);
        index = child;
      }
      return first;
    },
  };
}
