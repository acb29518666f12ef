/** An address as people read it: without scheme and `.git`. A path stays the path that exists. */
export function shortUrl(url: string): string {
  if (url.startsWith('/')) return url;
  return url.replace(/^[a-z+]+:\/\//, '').replace(/\.git$/, '');
}
