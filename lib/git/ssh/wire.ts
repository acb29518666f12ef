/** A string of the SSH protocol: its length, then its bytes (RFC 4251, 5). */
export function sshString(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** The first string of some bytes; null when they are cut short. */
export function firstString(bytes: Buffer): string | null {
  if (bytes.length < 4) return null;
  const length = bytes.readUInt32BE(0);
  return bytes.length < 4 + length ? null : bytes.subarray(4, 4 + length).toString('latin1');
}
