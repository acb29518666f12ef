/** A formatted number with its noun: `1 file`, `1,204 files`. */
export function counted(count: string, one: string, many: string): string {
  return `${count} ${count === '1' ? one : many}`;
}
