/** Of a page that nobody will ever make. */
const NOWHERE = '/%EF%BF%BD';

/** The address as pages are asked for it. Next.js answers one it cannot decode with a bare 500: that is an address of nothing. */
export function pageAddress(url: string): string {
  try {
    decodeURIComponent(url.replace(/[?#].*/s, ''));
    return url;
  } catch {
    return NOWHERE;
  }
}
