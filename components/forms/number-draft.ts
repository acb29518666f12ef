/** What is typed in a field of a number, beside the number that holds. */
export interface NumberDraft {
  text: string;
  /** The number that held when a wrong text was left; undefined while somebody types. */
  left?: number | null;
}

/** What the field shows: a text that was left wrong stays until it is mended, or the number is set elsewhere. */
export function shownText(draft: NumberDraft | null, value: number | null): string {
  return draft && isOpen(draft, value) ? draft.text : value === null ? '' : String(value);
}

/** The draft once the field was left: one that is taken is over. */
export function leave(draft: NumberDraft | null, value: number | null, isWrong: boolean): NumberDraft | null {
  return draft && isWrong && isOpen(draft, value) ? { text: draft.text, left: value } : null;
}

/** Whether the field tells what would be right: once it was left, and with each key until it is. */
export function isTold(draft: NumberDraft | null, value: number | null): boolean {
  return draft?.left !== undefined && isOpen(draft, value);
}

/** The draft with a further key: one that was told it is wrong is told on. */
export function typed(draft: NumberDraft | null, text: string, value: number | null, isWrong: boolean): NumberDraft {
  return isWrong && isTold(draft, value) ? { text, left: value } : { text };
}

function isOpen({ left }: NumberDraft, value: number | null): boolean {
  return left === undefined || left === value;
}
