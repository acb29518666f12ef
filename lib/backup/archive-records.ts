import { pipeline, Readable, type Transform } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import * as z from 'zod';
import { type BackupSecret, openArchive, sealArchive } from './archive-cipher';
import { backupError } from './backup-problem';

export const ARCHIVE_FORMAT = 1;

const Count = z.int().nonnegative();
const Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** What an archive begins with. */
export const ArchiveHead = z.object({
  format: z.int().positive(),
  productVersion: z.string(),
  /** All that were applied, in order; the tables are as the last one left them. */
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  madeAt: z.iso.datetime(),
  /** Where the write-ahead log stood when the snapshot was taken. */
  lsn: z.string(),
  serverVersion: z.string(),
});
export type ArchiveHead = z.infer<typeof ArchiveHead>;

/** A table of the database. Its rows follow as `COPY … TO STDOUT` writes them in the text format. */
const TableBegin = z.object({ table: z.string(), columns: z.array(z.string()).min(1) });
/** `digest`: see row-digest.ts. */
const TableEnd = z.object({ rows: Count, digest: Hex });
const SequenceValue = z.object({ sequence: z.string(), value: z.string().regex(/^-?\d+$/), isCalled: z.boolean() });
const ObjectBegin = z.object({ key: z.string() });
/** `isDamaged`: it was before it was backed up; the rest is of what was read. */
const ObjectEnd = z.object({ sizeBytes: Count, sha256: Hex, isDamaged: z.boolean() });
/** What an archive ends with: how much of each came before. */
export const ArchiveTail = z.object({ tables: Count, rows: Count, objects: Count });
export type ArchiveTail = z.infer<typeof ArchiveTail>;

const SHAPES = {
  head: ArchiveHead,
  table: TableBegin,
  tableEnd: TableEnd,
  sequence: SequenceValue,
  object: ObjectBegin,
  objectEnd: ObjectEnd,
  tail: ArchiveTail,
} as const;

type Shapes = typeof SHAPES;
export type ArchiveRecord =
  | { [Kind in keyof Shapes]: { kind: Kind; value: z.infer<Shapes[Kind]> } }[keyof Shapes]
  | { kind: 'data'; bytes: Uint8Array };

const KINDS = ['data', ...(Object.keys(SHAPES) as (keyof Shapes)[])] as const;
/** Kind and length. */
const PREFIX_BYTES = 5;
const LARGEST = 16 * 1024 * 1024;
const BATCH_BYTES = 64 * 1024;
/** Most of what there is was packed before; higher levels take far longer and gain little. */
const LEVEL = 3;

/** Records as the bytes of an archive: framed, packed with gzip, sealed. Holds as much of it as one record at a time. */
export function writeArchive(
  secret: BackupSecret,
  name: string,
  records: AsyncIterable<ArchiveRecord>,
): AsyncIterable<Uint8Array> {
  const packed = through(framed(records), createGzip({ level: LEVEL, chunkSize: BATCH_BYTES }));
  return sealArchive(secret, { part: 'data', name }, packed);
}

/** Records of an archive. Throws with the problem `wrong_key`, `newer` or `damaged`, also when it ends too early. */
export async function* readArchive(
  secret: BackupSecret,
  name: string,
  archive: AsyncIterable<Uint8Array>,
): AsyncGenerator<ArchiveRecord> {
  const packed = openArchive(secret, { part: 'data', name }, archive);
  let held: Buffer = Buffer.alloc(0);
  let isComplete = false;
  for await (const bytes of through(packed, createGunzip({ chunkSize: BATCH_BYTES }))) {
    held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    while (held.length >= PREFIX_BYTES) {
      const length = held.readUInt32BE(1);
      if (length > LARGEST || isComplete) throw backupError('damaged', name);
      if (held.length < PREFIX_BYTES + length) break;
      const kind = KINDS[held[0] ?? KINDS.length];
      const record = parse(kind, held.subarray(PREFIX_BYTES, PREFIX_BYTES + length));
      // Of a later format are records that this release does not know.
      if (!record) throw backupError('damaged', name);
      isComplete = record.kind === 'tail';
      held = held.subarray(PREFIX_BYTES + length);
      yield record;
    }
  }
  if (!isComplete || held.length > 0) throw backupError('damaged', name);
}

function parse(kind: (typeof KINDS)[number] | undefined, payload: Buffer): ArchiveRecord | null {
  if (kind === undefined) return null;
  if (kind === 'data') return { kind, bytes: payload };
  const parsed = SHAPES[kind].safeParse(parseJson(payload.toString('utf8')));
  return parsed.success ? ({ kind, value: parsed.data } as ArchiveRecord) : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function* framed(records: AsyncIterable<ArchiveRecord>): AsyncGenerator<Uint8Array> {
  let batch: Uint8Array[] = [];
  let batchBytes = 0;
  for await (const record of records) {
    const payload = record.kind === 'data' ? record.bytes : Buffer.from(JSON.stringify(record.value));
    for (let at = 0; at === 0 || at < payload.length; at += LARGEST) {
      const part = payload.subarray(at, at + LARGEST);
      const prefix = Buffer.alloc(PREFIX_BYTES);
      prefix[0] = KINDS.indexOf(record.kind);
      prefix.writeUInt32BE(part.length, 1);
      batch.push(prefix, part);
      batchBytes += PREFIX_BYTES + part.length;
    }
    if (batchBytes < BATCH_BYTES) continue;
    yield Buffer.concat(batch);
    batch = [];
    batchBytes = 0;
  }
  yield Buffer.concat(batch);
}

/** A failure of the source is a failure of what comes out, and who reads no further ends the source. */
function through(source: AsyncIterable<Uint8Array>, transform: Transform): AsyncIterable<Buffer> {
  return pipeline(Readable.from(source, { objectMode: false }), transform, () => undefined) as Transform;
}
