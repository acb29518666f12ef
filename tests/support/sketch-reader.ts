import { type ChildProcess, fork } from 'node:child_process';
import type { Sketch } from '@/lib/magics/define';
import type { Facts } from '@/lib/magics/facts';

type Answer = { id: number; facts: Facts } | { id: number; problem: string };

const waiting = new Map<number, { resolve(facts: Facts): void; reject(error: Error): void }>();
let reader: ChildProcess | undefined;
let asked = 0;

/**
 * Facts of the repository a sketch describes. A process of its own reads it: each start of Git copies the memory map of the process
 * that starts it, and a process that runs tests is ten times as large as one that only reads.
 */
export function readSketch({ files, commits, tags }: Sketch): Promise<Facts> {
  reader ??= startReader();
  const { promise, id } = expectAnswer();
  reader.send({ id, sketch: { files, commits, tags } });
  return promise;
}

function expectAnswer(): { id: number; promise: Promise<Facts> } {
  const id = asked++;
  const promise = new Promise<Facts>((resolve, reject) => waiting.set(id, { resolve, reject }));
  return { id, promise };
}

function startReader(): ChildProcess {
  const child = fork('tests/support/programs/read-sketches.ts', [], {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  });
  child.on('message', (answer: Answer) => {
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('facts' in answer) asker?.resolve(answer.facts);
    else asker?.reject(new Error(answer.problem));
  });
  child.on('exit', (code, signal) => {
    reader = undefined;
    for (const { reject } of waiting.values()) reject(new Error(`the reader of sketches ended with ${signal ?? code}`));
    waiting.clear();
  });
  // It keeps nobody alive, and goes with who started it.
  child.unref();
  child.channel?.unref();
  return child;
}
