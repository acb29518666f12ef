/**
 * Gives a reader for what many ask at once, as all open pages do after an event. One read of a key runs at a time; whoever
 * asks meanwhile shares the next one, which begins after they asked: nobody gets what is older than their question.
 * Those who share get the same value and must not change it.
 */
export function createSharedReads<Value>(): (key: string, read: () => Promise<Value>) => Promise<Value> {
  const turns = new Map<string, { running: Promise<Value>; next: Promise<Value> | null }>();

  function begin(key: string, read: () => Promise<Value>): Promise<Value> {
    const running = read();
    const turn = { running, next: null };
    turns.set(key, turn);
    const end = () => {
      if (turns.get(key) === turn && !turn.next) turns.delete(key);
    };
    running.then(end, end);
    return running;
  }

  return (key, read) => {
    const turn = turns.get(key);
    if (!turn) return begin(key, read);
    const start = () => begin(key, read);
    turn.next ??= turn.running.then(start, start);
    return turn.next;
  };
}
