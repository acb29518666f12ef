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

/** A document as plain data, entities left as they are; undefined when it does not parse. */
export function parseReport(text: string): unknown {
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
