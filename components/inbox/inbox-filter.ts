import { SEVERITIES } from '@/lib/magics/types';
import { FINDING_MAGICS, FrameworkKey, INBOX_VIEWS, type InboxViewName } from '@/lib/schemas/findings';

/** What the inbox shows; lists are empty when not narrowed. */
export interface InboxChoice {
  view: InboxViewName;
  magic: string[];
  severity: string[];
  framework: FrameworkKey[];
  search: string;
}

const LONGEST_TEXT = 200;

/** The choice an address asks for; what nothing here knows is left out. */
export function parseInbox(parameters: { get: (name: string) => string | null }): InboxChoice {
  const list = (name: string, known: readonly string[]) =>
    (parameters.get(name) ?? '').split(',').filter((value) => known.includes(value));
  return {
    view: INBOX_VIEWS.find((view) => view === parameters.get('view')) ?? 'mine',
    magic: list('magic', FINDING_MAGICS),
    severity: list('severity', SEVERITIES),
    framework: list('framework', FrameworkKey.options) as FrameworkKey[],
    search: (parameters.get('search') ?? '').slice(0, LONGEST_TEXT),
  };
}

/** As the API reads it; the view is always named. */
export function inboxQuery({
  view,
  magic,
  severity,
  framework,
  search,
}: InboxChoice): { view: InboxViewName } & Record<string, string> {
  const narrowed = { magic: magic.join(','), severity: severity.join(','), framework: framework.join(','), search };
  return { ...Object.fromEntries(Object.entries(narrowed).filter(([, value]) => value !== '')), view };
}

export function isInboxNarrowed({ magic, severity, framework, search }: InboxChoice): boolean {
  return magic.length > 0 || severity.length > 0 || framework.length > 0 || search !== '';
}
