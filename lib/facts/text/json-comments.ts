import { findJsonFault } from './json-syntax';

/** JSON with comments and trailing commas as data; undefined when it is broken. */
export function parseJsonc(text: string): unknown {
  if (findJsonFault(text, true)) return undefined;
  try {
    return JSON.parse(withoutComments(text));
  } catch {
    return undefined;
  }
}

function withoutComments(text: string): string {
  return text
    .replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) => (part.startsWith('"') ? part : ' '))
    .replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s{0,1000}[}\]])/g, (part) => (part === ',' ? '' : part));
}
