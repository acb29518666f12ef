/** Puts `data` in the `{places}` of a text. A place without data stays readable instead of vanishing. */
export function fill(text: string, data: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (Object.hasOwn(data, name) ? String(data[name]) : place));
}
