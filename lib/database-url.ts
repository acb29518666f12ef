/** The URL of a PostgreSQL whose sessions begin with a setting; what the URL sets already stays. */
export function withSetting(url: string, name: string, value: string): string {
  const changed = new URL(url);
  const given = changed.searchParams.get('options');
  changed.searchParams.set('options', `${given ? `${given} ` : ''}-c ${name}=${value}`);
  return changed.href;
}

/** The user of the URL; empty when it names none. */
export function userOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}
