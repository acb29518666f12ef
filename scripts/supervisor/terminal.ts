/** How the supervisor talks to the person who started it. */
export interface Terminal {
  step<T>(title: string, work: () => T | Promise<T>): Promise<T>;
  say(text: string): void;
  /** One sentence on what went wrong. */
  complain(sentence: string): void;
}
