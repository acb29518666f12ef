/** The first line of a text, cut where no name of an interpreter reaches. */
export function firstLineOf(text: string): string {
  return text.slice(0, 200).split('\n', 1)[0] ?? '';
}
