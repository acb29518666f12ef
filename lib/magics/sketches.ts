import type { SketchCommit } from './define';

/** A history for examples: one small change of one source file for each message. */
export function changes(...messages: string[]): SketchCommit[] {
  return messages.map((message, index) => ({
    message,
    files: { 'src/step.ts': `export const step = ${index};\n` },
  }));
}

/** A text of so many lines, each its own. */
export function lines(count: number, prefix = 'export const value'): string {
  return Array.from({ length: count }, (_, index) => `${prefix}${index} = ${index};\n`).join('');
}
