import { parentPort } from 'node:worker_threads';
import { collectBlob, skippedBlob } from '../collect-blob';
import type { BlobAnswer, BlobTask } from './blob-messages';
import { parserMemoryBytes } from './grammar';

const WORN_BYTES = 128 * 1024 * 1024;

const port = parentPort;
if (!port) throw new Error('blob-thread runs in a worker thread only');

async function answer({ id, path, bytes }: BlobTask): Promise<BlobAnswer> {
  try {
    const facts = await collectBlob(path, bytes);
    return { id, facts, isWorn: parserMemoryBytes() > WORN_BYTES };
  } catch {
    // A parser that failed inside may be left in any state.
    return { id, facts: skippedBlob('unreadable'), isWorn: true };
  }
}

// One after the other: the parser is shared by the whole thread.
let last: Promise<void> = Promise.resolve();
port.on('message', (task: BlobTask) => {
  last = last.then(async () => port.postMessage(await answer(task)));
});
