import { expect, test } from 'vitest';
import { cpuTimeMs } from '@/tests/support/cpu-time';
import { blobKey } from '../blob-key';
import { skippedBlob } from '../collect-blob';
import { packBlob } from '../packed-blob';
import { assembleFacts } from './assemble-facts';

test('assembles 5,000 files quickly', async () => {
  const tree = Array.from({ length: 5_000 }, (_, at) => ({
    path: `src/m${at % 100}/f${at}.ts`,
    mode: '100644',
    blobId: `b${at}`,
    sizeBytes: 4_000,
  }));
  const blobs = new Map(
    tree.map(({ blobId, path }, at): [string, Uint8Array] => [
      blobKey(blobId, path),
      packBlob({
        ...skippedBlob(null),
        language: 'typescript',
        codeLines: 100,
        comments: Array.from({ length: 10 }, (_, line) => ({
          line: line + 1,
          endLine: line + 1,
          text: 'x',
          kind: 'line' as const,
        })),
        imports: Array.from({ length: 8 }, (_, line) => ({
          line: line + 1,
          specifier: `../m${line}/f${line + at - (at % 100)}`,
          isTypeOnly: false,
        })),
        fingerprints: Array.from({ length: 40 }, (_, each) => ({
          hash: at * 40 + each + (at % 3 ? 40 : 0),
          token: each * 20,
          line: each * 3 + 1,
          endLine: each * 3 + 6,
        })),
      }).data,
    ]),
  );
  const input = {
    commit: 'c',
    now: 0,
    tree,
    readBlobs: async () => blobs,
    projectTexts: [],
    history: { facts: null, missing: {} },
  };
  await assembleFacts(input);
  const start = cpuTimeMs();

  const facts = await assembleFacts(input);

  expect(facts.files).toHaveLength(5_000);
  expect(cpuTimeMs() - start).toBeLessThan(1_500);
});
