import { XMLValidator } from 'fast-xml-parser';
import { parse as parseToml, TomlError } from 'smol-toml';
import { LineCounter, parseAllDocuments } from 'yaml';
import type { DataErrorFact } from '@/lib/magics/facts/code';
import type { BlobRow } from '../blob-facts';
import type { DataFormat } from './data-formats';
import { findJsonFault } from './json-syntax';

type DataError = BlobRow<DataErrorFact>;

/** Slow parsers only get what a person may have written. */
const MAX_CHARACTERS: Record<DataFormat, number> = {
  json: 2_000_000,
  'loose-json': 2_000_000,
  jsonc: 2_000_000,
  yaml: 256_000,
  toml: 256_000,
  xml: 1_000_000,
};

const MAX_MESSAGE_CHARACTERS = 200;
const MAX_FLOW_DEPTH = 200;

/** Marks of template languages; what they produce may be valid though the template is not. */
const TEMPLATE = /(?:^|[^$])\{\{|\{%|<%|\{\{[#/^]|^[ \t]*#(?:if|foreach|set)\b|@[A-Z][A-Z0-9_]+@|\$\{\{\s*values\./m;

/** A comment that begins a line, or ends one after a value. */
const COMMENT = /^[ \t]*(?:\/\/|\/\*)|[,{}[\]\d"el][ \t]+\/[/*]/m;

/** A fault others accept when the brackets are closed further down. */
const DISPUTED_YAML = /^Flow (?:map|sequence) in block collection must be sufficiently indented/;

/** The first fault of a data file, none in doubt. Entities, tags and aliases are never expanded. */
export function findDataErrors(text: string, format: DataFormat): DataError[] {
  if (text.trim() === '' || text.length > MAX_CHARACTERS[format]) return [];
  const fault = faultOf(text, format);
  if (!fault || TEMPLATE.test(text)) return [];
  return [
    {
      ...fault,
      message: clean(fault.message),
      format: format === 'loose-json' || format === 'jsonc' ? 'json' : format,
    },
  ];
}

function faultOf(text: string, format: DataFormat): { line: number; message: string } | null {
  switch (format) {
    case 'json':
      return jsonFault(text, false);
    case 'loose-json':
      return isJsonLines(text) ? null : jsonFault(text, COMMENT.test(text));
    case 'jsonc':
      return jsonFault(text, true);
    case 'yaml':
      return yamlFault(text);
    case 'toml':
      return tomlFault(text);
    case 'xml':
      return xmlFault(text);
  }
}

function jsonFault(text: string, allowComments: boolean): { line: number; message: string } | null {
  const fault = findJsonFault(text, allowComments);
  return fault && { line: lineAt(text, fault.offset), message: fault.message };
}

/** One value a line, as logs and exports are written. */
function isJsonLines(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 1 && lines.every((line) => findJsonFault(line, false) === null);
}

function yamlFault(text: string): { line: number; message: string } | null {
  const flow = flowShape(text);
  if (flow.deepest > MAX_FLOW_DEPTH) return null;
  const counter = new LineCounter();
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: counter,
      prettyErrors: false,
      logLevel: 'silent',
      merge: true,
    });
    if (!Array.isArray(documents)) return null;
    for (const { errors } of documents) {
      const [error] = errors;
      // What follows a disputed indent is read from the wrong place.
      if (error && (flow.isOpen || !DISPUTED_YAML.test(error.message)))
        return { line: Math.max(1, counter.linePos(error.pos[0]).line), message: error.message };
    }
  } catch {
    // Nesting beyond the parser's stack: nothing is known about the file.
  }
  return null;
}

function flowShape(text: string): { deepest: number; isOpen: boolean } {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 91 || code === 123) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if ((code === 93 || code === 125) && depth > 0) {
      depth -= 1;
    }
  }
  return { deepest, isOpen: depth > 0 };
}

function tomlFault(text: string): { line: number; message: string } | null {
  try {
    parseToml(text, { integersAsBigInt: true });
    return null;
  } catch (error) {
    if (!(error instanceof TomlError)) return null;
    return { line: Math.max(1, error.line), message: error.message.split('\n', 1)[0] ?? '' };
  }
}

function xmlFault(text: string): { line: number; message: string } | null {
  const start = text.search(/\S/);
  if (text[start] !== '<') return null;
  try {
    const result = XMLValidator.validate(text.slice(start));
    if (result === true) return null;
    return { line: Math.max(1, result.err.line) + lineAt(text, start) - 1, message: result.err.msg };
  } catch {
    return null;
  }
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

function clean(message: string): string {
  return message
    .replace(/^Invalid TOML document: /, '')
    .replace(/[^\P{C}]+/gu, ' ')
    .slice(0, MAX_MESSAGE_CHARACTERS);
}
