import { focusFirstError } from './focus-first-error';

/** On a field of a number that holds what it cannot take. */
export const WRONG_NUMBER = { 'data-wrong-number': true } as const;

/** Whether what would be saved is not what fields show: then they tell what would be right. */
export function refuseWrongNumbers(): boolean {
  if (!document.querySelector('[data-wrong-number]')) return false;
  // A field tells once it is left.
  if (document.activeElement instanceof HTMLElement && document.activeElement.matches('[data-wrong-number]')) {
    document.activeElement.blur();
  }
  focusFirstError();
  return true;
}
