import { XMLParser } from 'fast-xml-parser';
import { property } from '../project/json-value';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

const MAX_DEPTH = 100;
const MAX_TAGS = 1_000_000;

/** Whether a parser may be let at it: reports are shallow, and a line takes a tag. */
export function isReasonable(text: string): boolean {
  let depth = 0;
  let tags = 0;
  let at = text.indexOf('<');
  while (at >= 0) {
    const end = text.indexOf('>', at);
    tags += 1;
    if (end < 0 || tags > MAX_TAGS) return false;
    const mark = text[at + 1];
    if (mark === '/') depth -= 1;
    else if (mark !== '!' && mark !== '?' && text[end - 1] !== '/') depth += 1;
    if (depth > MAX_DEPTH) return false;
    at = text.indexOf('<', end);
  }
  return true;
}

/** A document as plain data, entities left as they are; undefined when it does not parse. */
export function parseReport(text: string): unknown {
  if (!isReasonable(text)) return undefined;
  try {
    return parser.parse(text);
  } catch {
    return undefined;
  }
}

/** All children of one name: the parser gives one as an object and several as a list. */
export function childrenNamed(node: unknown, name: string): unknown[] {
  const found = property(node, name);
  if (found === undefined || found === '') return [];
  return Array.isArray(found) ? found : [found];
}

export function attribute(node: unknown, name: string): string {
  const value = property(node, `@${name}`);
  return typeof value === 'string' ? value : '';
}

export function wholeNumber(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}
