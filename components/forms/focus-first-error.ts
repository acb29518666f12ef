const WRONG = '[aria-invalid="true"]';

/** After a refused submit: the cursor goes where something must be changed, once the errors are drawn. A dialog hides what is behind it. */
export function focusFirstError(): void {
  requestAnimationFrame(() => {
    const scope = document.querySelector(`[role="dialog"]:has(${WRONG})`) ?? document;
    scope.querySelector<HTMLElement>(WRONG)?.focus();
  });
}
