/** What stands in a filter field, while what was typed is on its way to the address and back. */
export interface FilterDraft {
  text: string;
  /** What the address says. */
  value: string;
  /** Typed texts that were handed on and have not come back, oldest first. */
  sent: readonly string[];
}

/** The address changed. Its own text coming back leaves what was typed since; any other (back, "clear filters") wins. */
export function arrived(draft: FilterDraft, value: string): FilterDraft {
  const at = draft.sent.lastIndexOf(value);
  if (at >= 0) return { text: draft.text, value, sent: draft.sent.slice(at + 1) };
  return draft.text.trim() === value ? { ...draft, value } : { text: value, value, sent: [] };
}

/** What was typed last, and when, in milliseconds of the page's clock. */
export interface Typed {
  text: string;
  at: number;
}

const STILL_TYPING_MS = 5_000;

/**
 * Whether an address that arrived took the place of what a person is typing: a page that was still loading brings the
 * address it was asked for. Who asks for another address themselves has left the field.
 */
export function isOverwritten(typed: Typed | null, { text, value }: FilterDraft, now: number): boolean {
  if (typed === null || typed.text.trim() === '' || now - typed.at > STILL_TYPING_MS) return false;
  return text === value && typed.text.trim() !== value;
}

/** Typing paused and the text is handed on. */
export function handedOn(draft: FilterDraft, text: string): FilterDraft {
  return text === draft.value ? draft : { ...draft, sent: [...draft.sent, text] };
}
