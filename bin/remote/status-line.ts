export interface Terminal {
  isTTY?: boolean;
  write(text: string): unknown;
}

const ERASE_LINE = '\r\u001b[2K';

/** What goes on: one line that is written over, or where nobody looks a line for each change. */
export function createStatusLine(terminal: Terminal) {
  let last = '';
  return {
    show(text: string): void {
      if (text === last) return;
      last = text;
      terminal.write(terminal.isTTY ? `${ERASE_LINE}  ${text}` : `elder: ${text}\n`);
    },
    clear(): void {
      if (terminal.isTTY && last !== '') terminal.write(ERASE_LINE);
      last = '';
    },
  };
}
