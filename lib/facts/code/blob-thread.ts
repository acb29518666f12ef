import { parentPort } from 'node:worker_threads';
import { skippedBlob } from '../collect-blob';
import { matchBlob } from '../own-rules/match-blob';
import { collectPackedBlob, collectPackedShape, type PackedBlob, packBlob, packJson } from '../packed-blob';
import type { BlobAnswer, BlobTask } from './blob-messages';
import { isParserWorn, prepareParser } from './grammar';

const port = parentPort;
if (!port) throw new Error('blob-thread runs in a worker thread only');

async function answer(task: BlobTask): Promise<BlobAnswer> {
  const { id } = task;
  try {
    return { id, blob: await read(task), isWorn: isParserWorn() };
  } catch {
    // A parser that failed inside may be left in any state.
    return { id, blob: packBlob(skippedBlob('unreadable')), isWorn: true };
  }
}

async function read({ path, bytes, matchers, wantsShape }: BlobTask): Promise<PackedBlob> {
  if (wantsShape) return collectPackedShape(path, bytes);
  if (matchers) return { data: packJson(await matchBlob(path, bytes, matchers)), skipped: null };
  return collectPackedBlob(path, bytes);
}

// While nothing is asked yet; what goes wrong is told by the first file.
prepareParser().catch(() => undefined);

// One after the other: the parser is shared by the whole thread.
let last: Promise<void> = Promise.resolve();
port.on('message', (task: BlobTask) => {
  last = last.then(async () => {
    const { id, blob, isWorn } = await answer(task);
    // Bytes of its own: a message takes the whole buffer along that its bytes are a part of.
    const data = new Uint8Array(blob.data);
    port.postMessage({ id, blob: { ...blob, data }, isWorn } satisfies BlobAnswer, [data.buffer]);
  });
});
