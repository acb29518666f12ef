interface KeyLike {
  isComposing: boolean;
  keyCode: number;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  defaultPrevented: boolean;
  target: unknown;
}

const COMPOSING_KEY_CODE = 229;
const FIELDS =
  'input:not([type="checkbox"]), textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"]';

/** Whether a single key may act: not in a field, not while an input method composes, not with a modifier. */
export function isPlainKey(event: KeyLike): boolean {
  if (event.defaultPrevented || event.isComposing || event.keyCode === COMPOSING_KEY_CODE) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  return !isField(event.target);
}

function isField(target: unknown): boolean {
  if (typeof target !== 'object' || target === null || !('closest' in target)) return false;
  const { closest } = target as { closest: (selector: string) => unknown };
  return closest.call(target, FIELDS) !== null;
}

/** Whether a dialog or menu has the keyboard. One that fades away has given it back: it is hidden from assistive technology. */
export function isOverlayOpen(): boolean {
  return [...document.querySelectorAll('[role="dialog"], [role="menu"]')].some(
    (overlay) => !overlay.closest('[aria-hidden="true"]'),
  );
}
