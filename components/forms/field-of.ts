/** The text of a form's field; nothing where there is no such field. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** The password that another field of the form repeats. */
export function passwordOf(form: HTMLFormElement | null): string {
  return form ? fieldOf(new FormData(form), 'password') : '';
}
