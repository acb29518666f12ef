/** Points between two scores as they are shown, whole: a change beside two numbers is the difference of these numbers. */
export function shownChange(before: number, after: number): number {
  return Math.round(after) - Math.round(before);
}
