import type { Language } from '@/lib/magics/types';
import type { LoggedThing } from '@/lib/schemas/audit-log';

/** What a thing is called, in the reader's language. */
export function thingText(thing: LoggedThing, language: Language): string {
  switch (thing.kind) {
    case 'audit':
      return `${thing.projectName} #${thing.number}`;
    case 'finding':
      return thing.message[language];
    case 'invitation':
      return thing.email;
    default:
      return thing.name;
  }
}
