import type { Language, MagicId, Severity } from '@/lib/magics/types';
import type { OwnRule } from '@/lib/schemas/own-rules';

export const TEXT_NAMES = ['title', 'why', 'fix', 'message'] as const;
export type TextName = (typeof TEXT_NAMES)[number];
type BothTexts = Record<Language, string>;
type OfKind<Kind extends OwnRule['kind']> = Extract<OwnRule, { kind: Kind }>;

/** A rule while it is written: every field of every kind, as text. */
export interface OwnRuleDraft {
  name: string;
  isEnabled: boolean;
  kind: OwnRule['kind'];
  magic: MagicId;
  severity: Severity;
  confidence: number;
  texts: Record<TextName, BothTexts>;
  zeroAt: string;
  include: string;
  exclude: string;
  isEverywhere: boolean;
  pattern: string;
  flags: string;
  where: OfKind<'pattern'>['where'];
  languages: OfKind<'pattern'>['languages'];
  language: OfKind<'query'>['language'];
  query: string;
  demand: OfKind<'path'>['demand'];
  namePattern: string;
}

const NO_TEXT: BothTexts = { en: '', ja: '' };

export const EMPTY_DRAFT: OwnRuleDraft = {
  name: '',
  isEnabled: true,
  kind: 'pattern',
  magic: 'strict',
  severity: 'medium',
  confidence: 0.9,
  texts: { title: NO_TEXT, why: NO_TEXT, fix: NO_TEXT, message: NO_TEXT },
  zeroAt: '10',
  include: '',
  exclude: '',
  isEverywhere: false,
  pattern: '',
  flags: '',
  where: 'all',
  languages: [],
  language: 'typescript',
  query: '',
  demand: 'absent',
  namePattern: '',
};

const PREFIX = 'own/';

export function draftOf(rule: OwnRule): OwnRuleDraft {
  const both = (text: OwnRule['message']): BothTexts => ({ en: text?.en ?? '', ja: text?.ja ?? '' });
  const { id, isEnabled, kind, magic, severity, confidence, zeroAt, paths } = rule;
  const texts = { title: both(rule.title), why: both(rule.why), fix: both(rule.fix), message: both(rule.message) };
  const shared = { name: id.slice(PREFIX.length), isEnabled, kind, magic, severity, confidence, texts };
  const draft: OwnRuleDraft = {
    ...EMPTY_DRAFT,
    ...shared,
    zeroAt: zeroAt === null ? '' : String(zeroAt),
    include: paths.include.join('\n'),
    exclude: paths.exclude.join('\n'),
  };
  if (rule.kind === 'path') return { ...draft, demand: rule.demand, namePattern: rule.namePattern ?? '' };
  if (rule.kind === 'query') {
    const { language, query, isEverywhere } = rule;
    return { ...draft, language, query, isEverywhere };
  }
  const { pattern, flags, where, languages, isEverywhere } = rule;
  return { ...draft, pattern, flags, where, languages, isEverywhere };
}

/** The rule as the API takes it; the server says what is wrong with it. */
export function ruleOf(draft: OwnRuleDraft): OwnRule {
  const { kind, magic, severity, confidence, isEnabled, texts, isEverywhere } = draft;
  const message = textOf(texts.message);
  const common = {
    id: `${PREFIX}${draft.name.trim()}`,
    isEnabled,
    magic,
    severity,
    confidence,
    title: textOf(texts.title),
    why: textOf(texts.why),
    fix: textOf(texts.fix),
    ...(Object.keys(message).length > 0 && { message }),
    zeroAt: draft.zeroAt.trim() === '' ? null : Number(draft.zeroAt),
    paths: { include: linesOf(draft.include), exclude: linesOf(draft.exclude) },
  };
  if (kind === 'path') {
    const isNamed = draft.demand === 'named';
    return { ...common, kind, demand: draft.demand, namePattern: isNamed ? draft.namePattern || null : null };
  }
  if (kind === 'query') return { ...common, kind, isEverywhere, language: draft.language, query: draft.query };
  const { pattern, flags, where, languages } = draft;
  return { ...common, kind, isEverywhere, pattern, flags, where, languages };
}

const PLACEHOLDER = { en: 'test' };

/** The rule as it is tried: only what it looks for counts, so what else the API asks for is filled up. */
export function testRuleOf(draft: OwnRuleDraft): OwnRule {
  const { message: _, ...rule } = ruleOf(draft);
  const texts = { title: PLACEHOLDER, why: PLACEHOLDER, fix: PLACEHOLDER };
  return { ...rule, ...texts, id: `${PREFIX}test`, zeroAt: null } as OwnRule;
}

/** A flag set or taken away, in the order of the alphabet. */
export function withFlag(flags: string, flag: string, isSet: boolean): string {
  const others = [...flags].filter((each) => each !== flag);
  return (isSet ? [...others, flag] : others).sort().join('');
}

function textOf({ en, ja }: BothTexts): Partial<BothTexts> {
  return { ...(en.trim() !== '' && { en: en.trim() }), ...(ja.trim() !== '' && { ja: ja.trim() }) };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
