import { entropyOf, isPlaceholder, isReference } from './secret-allowances';

const KIND = /^[ \t]{0,40}(?:- {1,3})?["']?kind["']?:[ \t]{1,3}["']?Secret["']?[ \t]*(?:#.*|,)?\r?$/m;
const DATA = /^[ \t]{0,40}(?:- {1,3})?["']?(?<name>data|stringData)["']?:[ \t]*(?:\{|#.*)?$/;
const ITEM = /^[ \t]*- {1,3}/;
/** Of comments and of templates: where they stand says nothing of the manifest. */
const UNPLACED = /^\s*(?:#|\{\{|$)/;
const ENTRY =
  /^[ \t]{0,40}["']?(?<key>[\w.-]{1,100})["']?:[ \t]{0,5}(?<quote>["']?)(?<value>[^\s"'#|>](?:[^"'#]{0,4000}[^\s"'#])?)\k<quote>(?:[ \t]*,)?[ \t]*(?:#.*)?$/;
const SETTING =
  /^[ \t]{0,60}["']?(?<name>[\w.-]{1,100})["']?\s{0,3}[=:]\s{0,3}["']?(?<value>[^\s"'#]{1,4000})["']?,?\s*$/;
const BLOCK = /^[ \t]{0,40}["']?(?<key>[\w.-]{1,100})["']?:[ \t]{0,5}[|>][-+]?[ \t]*$/;
/** No credential is longer; certificates and archives are. */
const MAX_LINE = 4_500;
const MIN_ENCODED = 12;
const MIN_PLAIN = 8;
const CREDENTIAL_NAME = /pass|secret|token|key|cred|auth|pwd|dsn/i;
/** Certificates are public, and so are names. */
const PUBLIC_KEY = /(?:\.crt|\.pub|^ca|user(?:name)?|namespace|host|port|url|email)$/i;
const STANDS_FOR_ONE = /change[-_ ]?me|replace|placeholder|dummy|redacted|your[-_ ]|todo|xxx|<[^<>]*>|\$\{|\{\{|^\s*$/i;

/** Values of manifests of kind Secret: base64 hides nothing. */
export function* kubernetesSecrets(text: string, max: number): Generator<EncodedValue> {
  if (!KIND.test(text)) return;
  let found = 0;
  for (const document of documentsOf(text)) {
    for (const value of valuesOf(document)) {
      yield value;
      found += 1;
      if (found >= max) return;
    }
  }
}

interface EncodedValue {
  line: number;
  value: string;
}

interface Line {
  number: number;
  text: string;
}

function* documentsOf(text: string): Generator<Line[]> {
  let document: Line[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    if (raw.startsWith('---')) {
      yield document;
      document = [];
    }
    document.push({ number: index + 1, text: raw.replace(/\r$/, '') });
  }
  yield document;
}

interface Mapping {
  column: number;
  isSecret: boolean;
  /** Lines that begin what it holds. */
  data: number[];
}

/** Lines that begin the data of a Secret: the kind beside them says so, which may stand below. */
function dataOfSecrets(document: readonly Line[]): Set<number> {
  const begins = new Set<number>();
  const open: Mapping[] = [];
  const close = () => {
    const closed = open.pop();
    if (closed?.isSecret) for (const number of closed.data) begins.add(number);
  };
  for (const { number, text } of document) {
    if (UNPLACED.test(text)) continue;
    const column = columnOf(text);
    const ended = ITEM.test(text) ? column : column + 1;
    while ((open.at(-1)?.column ?? -1) >= ended) close();
    if (open.at(-1)?.column !== column) open.push({ column, isSecret: false, data: [] });
    const mapping = open.at(-1);
    if (!mapping) continue;
    if (DATA.test(text)) mapping.data.push(number);
    else if (KIND.test(text)) mapping.isSecret = true;
  }
  while (open.length > 0) close();
  return begins;
}

/** Where the key of a line begins, also behind the dash of a list. */
function columnOf(text: string): number {
  return ITEM.exec(text)?.[0].length ?? text.length - text.trimStart().length;
}

function* valuesOf(document: readonly Line[]): Generator<EncodedValue> {
  const begins = dataOfSecrets(document);
  if (begins.size === 0) return;
  let data: { indent: number; isEncoded: boolean } | null = null;
  let block: { key: string; indent: number } | null = null;
  for (const { number, text } of document) {
    if (text.length > MAX_LINE || text.trim() === '') continue;
    const indent = text.length - text.trimStart().length;
    if (begins.has(number)) {
      data = { indent: columnOf(text), isEncoded: DATA.exec(text)?.groups?.name === 'data' };
      block = null;
      continue;
    }
    if (data === null) continue;
    if (indent <= data.indent) {
      data = null;
      continue;
    }
    if (block && indent > block.indent) {
      const value = text.trim();
      const isFound = data.isEncoded ? isEncodedCredential(block.key, value) : isPlainCredential(...settingOf(text));
      if (isFound) yield { line: number, value };
      continue;
    }
    const opened = BLOCK.exec(text)?.groups;
    block = opened ? { key: opened.key ?? '', indent } : null;
    const { key = '', value = '' } = ENTRY.exec(text)?.groups ?? {};
    if ((data.isEncoded ? isEncodedCredential : isPlainCredential)(key, value)) yield { line: number, value };
  }
}

function isEncodedCredential(key: string, value: string): boolean {
  if (value.length < MIN_ENCODED || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(value) || PUBLIC_KEY.test(key)) return false;
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  return decoded.length >= 8 && !STANDS_FOR_ONE.test(decoded);
}

/** A name and a value in a file that a manifest holds. */
function settingOf(line: string): [string, string] {
  const { name = '', value = '' } = SETTING.exec(line)?.groups ?? {};
  return [name, value];
}

function isPlainCredential(key: string, value: string): boolean {
  if (value.length < MIN_PLAIN || PUBLIC_KEY.test(key)) return false;
  const looksRandom = value.length >= 16 && /\d/.test(value) && entropyOf(value) >= 3.5;
  if (!CREDENTIAL_NAME.test(key) && !looksRandom) return false;
  return !STANDS_FOR_ONE.test(value) && !isReference(value) && !isPlaceholder(value) && !/\s/.test(value);
}
