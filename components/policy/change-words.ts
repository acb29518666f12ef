import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';
import { MAGIC_IDS, SEVERITIES } from '@/lib/magics/types';
import type { AvailableOptions, Configuration } from '@/lib/schemas/configuration';
import type { Change } from './changes';

export interface ChangeWords {
  name: string;
  before: string;
  after: string;
  /** Lists say what left and what came, not all that is in them; empty when nothing did. */
  isList: boolean;
}

type PathRule = Configuration['pathRules'][number];
type OwnRule = Configuration['ownRules'][number];

export interface Words {
  t: Messages;
  format: Format;
  options: AvailableOptions;
}

/** What people typed themselves is no word of the product, whatever it reads like. */
const TYPED = new Set(['gate.newCode.tag', 'schedule.cron', 'schedule.timeZone']);

const SHARES = new Set(['repository.maxIgnoredShare', 'gate.newCoverage.warn', 'gate.newCoverage.fail']);

/** A change as a person reads it. */
export function changeWords({ path, before, after }: Change, words: Words): ChangeWords {
  const name = settingName(path, words);
  if (Array.isArray(before) || Array.isArray(after)) {
    const [old, fresh] = [listOf(before), listOf(after)];
    const [left, came] = [missingIn(old, fresh), missingIn(fresh, old)];
    if (left.length > 0 || came.length > 0) {
      const told = (items: readonly unknown[]) => (items.length === 0 ? '' : itemsOf(path, items, words));
      return { name, before: told(left), after: told(came), isList: true };
    }
    return { name, before: itemsOf(path, old, words), after: itemsOf(path, fresh, words), isList: false };
  }
  return { name, before: valueText(path, before, words), after: valueText(path, after, words), isList: false };
}

/** A setting as a person calls it, from its part to the value. */
export function settingName(path: readonly string[], { t, format, options }: Words): string {
  const [part = '', key = '', ...rest] = path;
  const { parts, settings } = t.policy;
  const head = textOf(parts, part) ?? part;
  // On and off say themselves what they are about.
  const leaf = (names: readonly string[]) =>
    names.filter((name) => name !== 'isEnabled').map((name) => textOf(settings, name) ?? wordOf(name, t));
  if (part === 'rules' && key !== '') {
    const title = options.rules.find(({ ruleId }) => ruleId === key)?.title[format.language] ?? key;
    return [title, ...leaf(rest.filter((name) => name !== 'options'))].join(SEPARATOR);
  }
  if (part === 'magics' && key !== '') return [wordOf(key, t), ...leaf(rest)].join(SEPARATOR);
  return [head, ...(key === '' ? [] : leaf([key, ...rest]))].join(SEPARATOR);
}

function valueText(path: readonly string[], value: unknown, words: Words): string {
  const { t, format, options } = words;
  const { values } = t.policy;
  const [part, key] = path;
  if (value === undefined || value === null) {
    if (part === 'magics' && path[2] === 'weight') {
      return format.number(options.magics.find(({ magic }) => magic === key)?.weight ?? 0, 1);
    }
    if (path.at(-1) === 'isEnabled' && part !== 'schedule') return values.on;
    if (part === 'rules' && path[2] === 'severity') {
      const rule = options.rules.find(({ ruleId }) => ruleId === key);
      return rule ? t.common.severity[rule.severity] : values.unset;
    }
    if (part === 'rules' && path[2] === 'options') {
      const option = options.rules.find(({ ruleId }) => ruleId === key)?.options.find(({ name }) => name === path[3]);
      return option?.fallback ?? values.unset;
    }
    return values.unset;
  }
  if (typeof value === 'boolean') return value ? values.on : values.off;
  if (typeof value === 'number') {
    return SHARES.has(path.join('.')) ? format.percent(value, 1) : format.number(value, 2);
  }
  if (typeof value === 'string') return choiceText(path.join('.'), value, words);
  if (part === 'schedule' && isScheduleLike(value)) {
    return value.isEnabled === false ? values.off : `${value.cron} (${value.timeZone})`;
  }
  if (path.join('.') === 'gate.newCode') {
    const { since, ...detail } = value as { since: string; [name: string]: string };
    const texts = Object.entries(detail).map(([name, text]) => choiceText(`gate.newCode.${name}`, text, words));
    return [textOf(t.gate.newCode.since, since) ?? since, ...texts].join(' ');
  }
  return JSON.stringify(value);
}

/** A text as the editor words it: of a choice its name there, of a date the day. */
function choiceText(path: string, value: string, { t, format }: Words): string {
  if (TYPED.has(path)) return value;
  if (path === 'gate.newCode.since') return textOf(t.gate.newCode.since, value) ?? value;
  if (path === 'gate.newCode.date') return dayText(value, format);
  if (path === 'gate.failedMagic') return textOf(t.gate.failedMagic.choices, value) ?? value;
  return wordOf(value, t);
}

function dayText(value: string, format: Format): string {
  return Number.isNaN(Date.parse(value)) ? value : format.day(value);
}

/** What is known by an id has a word in the reader's language. */
function wordOf(id: string, t: Messages): string {
  const magic = MAGIC_IDS.find((one) => one === id);
  if (magic) return t.common.magics[magic];
  const severity = SEVERITIES.find((one) => one === id);
  return severity ? t.common.severity[severity] : (textOf(t.policy.values, id) ?? id);
}

function itemsOf([part]: readonly string[], items: readonly unknown[], { t, format, options }: Words): string {
  const texts = items.map((item) => {
    if (typeof item === 'object' && item !== null) {
      if ('glob' in item) return pathRuleText(item as PathRule, t);
      return 'title' in item ? ownRuleText(item as OwnRule, format) : JSON.stringify(item);
    }
    const id = String(item);
    if (part === 'overrides') return textOf(t.policy.parts, id) ?? id;
    const framework = options.frameworks.find(({ frameworkId }) => frameworkId === id);
    return framework ? framework.title[format.language] : wordOf(id, t);
  });
  return texts.length === 0 ? t.policy.values.nothing : texts.join(t.common.comma);
}

function pathRuleText({ glob, isIgnored, magicsOff, rulesOff, maxSeverity }: PathRule, t: Messages): string {
  const words = t.policy.pathWords;
  const off = [...magicsOff.map((magic) => t.common.magics[magic]), ...rulesOff];
  const says = isIgnored
    ? [words.ignored]
    : [
        ...(off.length > 0 ? [words.off(off.join(t.common.comma))] : []),
        ...(maxSeverity ? [words.most(t.common.severity[maxSeverity])] : []),
      ];
  return says.length === 0 ? glob : `${glob} (${says.join(t.common.semicolon)})`;
}

function ownRuleText({ id, title }: OwnRule, { language }: Format): string {
  const text = title[language] ?? title.en ?? title.ja;
  return text === undefined ? id : `${text} (${id})`;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function missingIn(from: readonly unknown[], other: readonly unknown[]): unknown[] {
  const there = new Set(other.map((item) => JSON.stringify(item)));
  return from.filter((item) => !there.has(JSON.stringify(item)));
}

function isScheduleLike(value: object): value is { isEnabled?: boolean; cron: string; timeZone: string } {
  return 'cron' in value;
}

const SEPARATOR = ' · ';
