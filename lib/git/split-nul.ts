/** Text between NUL bytes, as UTF-8; bytes that are not UTF-8 become U+FFFD. */
export async function* splitNul(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, void> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const last = buffer.lastIndexOf(0);
    if (last < 0) {
      rest = buffer;
      continue;
    }
    // NUL is never part of another UTF-8 sequence, so a whole run may be decoded at once.
    yield* buffer.toString('utf8', 0, last).split('\0');
    rest = buffer.subarray(last + 1);
  }
  if (rest.length > 0) yield rest.toString('utf8');
}
