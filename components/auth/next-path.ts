const HOME = '/projects';
const ORIGIN = 'http://same.invalid';

/** Where to go after signing in: only paths of this site, whatever the address bar says. */
export function safeNextPath(next: string | null | undefined): string {
  if (!next?.startsWith('/') || /[\\\p{Cc}]/u.test(next)) return HOME;
  try {
    const url = new URL(next, ORIGIN);
    const isOurs = url.origin === ORIGIN && !url.pathname.startsWith('/api/') && !url.pathname.startsWith('/sign-in');
    // Read back, a path may begin with two slashes after its dots are resolved: that would be another host.
    return isOurs && !url.pathname.startsWith('//') ? url.pathname + url.search + url.hash : HOME;
  } catch {
    return HOME;
  }
}
