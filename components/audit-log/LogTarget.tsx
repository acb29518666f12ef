'use client';

import Link from '@mui/material/Link';
import { useFormat } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { SeenText } from '@/components/layout/SeenText';
import { AppLink } from '@/components/theme/AppLink';
import type { LoggedThing } from '@/lib/schemas/audit-log';
import { targetAddress } from './target-address';
import { thingText } from './thing-text';

interface LogTargetProps {
  id: string;
  /** Missing once the team no longer has it. */
  thing: LoggedThing | undefined;
}

/** What an entry is about, with the way there; of what is gone the id. */
export function LogTarget({ id, thing }: LogTargetProps) {
  const { language } = useFormat();
  if (!thing) return <Mono>{id}</Mono>;
  const text = thingText(thing, language);
  const address = targetAddress(id, thing);
  if (!address) return <SeenText>{text}</SeenText>;
  return (
    <>
      <Link component={AppLink} href={address} prefetch={false}>
        <SeenText>{text}</SeenText>
      </Link>
      {thing.kind === 'finding' && (
        <>
          {' · '}
          <Link component={AppLink} href={`/projects/${thing.projectId}`} prefetch={false} color="inherit">
            <SeenText>{thing.projectName}</SeenText>
          </Link>
        </>
      )}
    </>
  );
}
