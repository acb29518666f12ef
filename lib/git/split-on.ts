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
    // The separator is never part of another UTF-8 sequence.
    const run = rest.length === 0 ? chunk.subarray(0, last + 1) : Buffer.concat([...rest, chunk.subarray(0, last + 1)]);
    rest = last + 1 < chunk.length ? [chunk.subarray(last + 1)] : [];
    // One by one: a part cut from a long string keeps all of it in memory.
    for (let start = 0, end = run.indexOf(byte); end >= 0; end = run.indexOf(byte, start)) {
      yield run.toString('utf8', start, end);
      start = end + 1;
    }
  }
  const tail = Buffer.concat(rest);
  if (tail.length > 0) yield tail.toString('utf8');
}
