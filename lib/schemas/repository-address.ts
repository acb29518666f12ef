/** The address without a password in it, and without a user where that stands for one. */
export function withoutSecret(address: string): string {
  return address
    .replace(/^(\s*https?:\/\/)[^/\s]*@/i, '$1')
    .replace(/^(\s*[a-z][a-z0-9+.-]*:\/\/[^/:@\s]*):[^/\s]*@/i, '$1@');
}
