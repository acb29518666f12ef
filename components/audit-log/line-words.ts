import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';
import type { LoggedThing } from '@/lib/schemas/audit-log';
import { NAMING_FIELDS } from '@/lib/schemas/logged-fields';
import type { ChangeLine } from './change-lines';
import { thingText } from './thing-text';

export interface LineWords {
  name: string;
  before: string | null;
  after: string | null;
  /** Names of Git and addresses, to be read letter by letter. */
  isCode: boolean;
}

interface Words {
  t: Messages;
  format: Format;
  /** By id. */
  things: Readonly<Record<string, LoggedThing>>;
}

const CODE = new Set(['branch', 'commit', 'hash', 'repositoryUrl']);
const NAMING = new Set<string>(NAMING_FIELDS);
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const DIGEST = /^[\da-f]{40,64}$/;

/** A line as a person reads it. */
export function lineWords({ field, before, after }: ChangeLine, words: Words): LineWords {
  return {
    name: fieldName(field, words),
    before: isUnset(before) ? null : valueText(field, before, words),
    after: isUnset(after) ? null : valueText(field, after, words),
    isCode: CODE.has(field),
  };
}

function fieldName(field: string, { t }: Words): string {
  return textOf(t.auditLog.fields, field) ?? field;
}

function valueText(field: string, value: unknown, words: Words): string {
  const { t, format } = words;
  if (Array.isArray(value)) {
    return value.length === 0
      ? t.auditLog.nothing
      : value.map((one) => valueText(field, one, words)).join(t.common.comma);
  }
  if (typeof value === 'boolean') return value ? t.auditLog.yes : t.auditLog.no;
  if (typeof value === 'number') return format.number(value, 2);
  if (typeof value === 'string') return stringText(field, value, words);
  if (typeof value !== 'object' || value === null) return t.auditLog.nothing;
  const parts = Object.entries(value).map(
    ([name, part]) => `${fieldName(name, words)}: ${valueText(name, part, words)}`,
  );
  return parts.length === 0 ? t.auditLog.nothing : parts.join(t.common.semicolon);
}

function stringText(field: string, value: string, { t, format, things }: Words): string {
  const thing = NAMING.has(field) && Object.hasOwn(things, value) ? things[value] : undefined;
  if (thing) return thingText(thing, format.language);
  if (INSTANT.test(value) && isTime(value)) return format.dateTime(value);
  if (field === 'until' && DAY.test(value) && isTime(value)) return format.day(value);
  if (CODE.has(field) && DIGEST.test(value)) return value.slice(0, 12);
  const texts = textsOf(field, t);
  return (texts && textOf(texts, value)) ?? value;
}

/** Words for the values of a field that has few. */
function textsOf(field: string, t: Messages): Readonly<Record<string, string>> | undefined {
  switch (field) {
    case 'role':
    case 'leastRole':
      return t.access.roles;
    case 'scope':
    case 'scopes':
      return t.access.tokens.scopeNames;
    case 'verdict':
      return t.findings.states;
    case 'kind':
      return t.auditLog.kinds;
    case 'preset':
      return t.policy.presets;
    case 'code':
      return t.errors.codes;
    default:
      return undefined;
  }
}

function isUnset(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

function isTime(value: string): boolean {
  return !Number.isNaN(Date.parse(value));
}
