/** An address as people read it: without scheme and `.git`. */
export function shortUrl(url: string): string {
  return url.replace(/^[a-z+]+:\/\//, '').replace(/\.git$/, '');
}
