import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { AppError } from '@/lib/errors';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Whatever a row claims to hold, no process unpacks more; nothing larger is packed. */
export const MAX_UNPACKED_BYTES = 64 * 1024 ** 2;

/** A value as the bytes of a row. */
export function packJson(value: unknown): Promise<Uint8Array<ArrayBuffer>> {
  return packText(JSON.stringify(value));
}

/** Of JSON that is written already. */
export async function packText(text: string): Promise<Uint8Array<ArrayBuffer>> {
  if (Buffer.byteLength(text) > MAX_UNPACKED_BYTES) throw new AppError('internal', 'a value is too large to be kept');
  return new Uint8Array(await pack(text, { level: 6 }));
}

export async function unpackJson<Value>(data: Uint8Array): Promise<Value> {
  return JSON.parse((await unpack(data, { maxOutputLength: MAX_UNPACKED_BYTES })).toString('utf8')) as Value;
}
