const QUOTED = /`[^`]*`|"[^"]*"|“[^“”]*”|「[^「」]*」/gu;

/** The text with what it quotes made unreadable, at the same places: what is quoted is talked about. */
export function maskQuoted(text: string): string {
  return text.replace(QUOTED, (quoted) => quoted.replace(/\S/g, '·'));
}
