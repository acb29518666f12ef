/** At most so many characters, as the host counts them; what was cut ends with an ellipsis. */
export function cutText(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
