/** A text of the dictionary with `**bold**` parts. */
export function Rich({ text }: { text: string }) {
  return text.split('**').map((part, at) => {
    const isBold = at % 2 === 1;
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one constant text never move
    return isBold ? <b key={at}>{part}</b> : part;
  });
}
