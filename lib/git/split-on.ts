/** Text between separators, as UTF-8; bytes that are not UTF-8 become U+FFFD. What follows the last one is kept. */
export async function* splitOn(separator: '\0' | '\n', chunks: AsyncIterable<Buffer>): AsyncGenerator<string, void> {
  const byte = separator.charCodeAt(0);
  let rest: Buffer[] = [];
  for await (const chunk of chunks) {
    const last = chunk.lastIndexOf(byte);
    if (last < 0) {
      rest.push(chunk);
      continue;
    }
    // The separator is never part of another UTF-8 sequence, so a whole run may be decoded at once.
    const run = rest.length === 0 ? chunk.subarray(0, last) : Buffer.concat([...rest, chunk.subarray(0, last)]);
    rest = last + 1 < chunk.length ? [chunk.subarray(last + 1)] : [];
    yield* run.toString('utf8').split(separator);
  }
  if (rest.length > 0) yield Buffer.concat(rest).toString('utf8');
}
