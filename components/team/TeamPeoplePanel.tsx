'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { AppLink } from '@/components/theme/AppLink';
import type { InvitationView } from '@/lib/schemas/invitations';
import { type MemberView, TEAM_ROLES } from '@/lib/schemas/teams';
import type { TokenView } from '@/lib/schemas/tokens';

interface TeamPeoplePanelProps {
  teamId: string;
  members: readonly MemberView[];
  invitations: readonly InvitationView[] | null;
  tokens: readonly TokenView[] | null;
}

/** How many may do what, and what of it ends soon. */
export function TeamPeoplePanel({ teamId, members, invitations, tokens }: TeamPeoplePanelProps) {
  const t = useMessages();
  const format = useFormat();
  const words = t.teamOverview;
  const live = tokens?.filter(({ isExpired }) => !isExpired) ?? [];
  const next = live
    .filter(({ expiresAt }) => expiresAt !== null)
    .sort((a, b) => (a.expiresAt ?? '').localeCompare(b.expiresAt ?? ''))[0];
  return (
    <Panel
      title={words.people}
      headingId="team-people"
      action={
        <Link component={AppLink} href={`/teams/${teamId}/members`} sx={{ typography: 'body2' }}>
          {words.manage}
        </Link>
      }
    >
      <Box component="dl" aria-label={words.roles} sx={ROLES}>
        {TEAM_ROLES.toReversed().map((role) => (
          <div key={role}>
            <Box component="dt" sx={{ typography: 'body2', color: 'elder.text3' }}>
              {t.access.roles[role]}
            </Box>
            <Box component="dd" sx={{ fontWeight: 600 }}>
              {format.number(members.filter((member) => member.role === role).length)}
            </Box>
          </div>
        ))}
      </Box>
      {invitations && invitations.length > 0 && (
        <Box component="p" sx={FACT}>
          {words.invitations(format.number(invitations.length))}
        </Box>
      )}
      {tokens && (
        <Box component="p" sx={FACT}>
          <Link component={AppLink} href={`/teams/${teamId}/tokens`}>
            {words.tokens(format.number(live.length))}
          </Link>
          {next?.expiresAt && ` · ${words.nextToken(next.name, format.date(next.expiresAt))}`}
        </Box>
      )}
    </Panel>
  );
}

const ROLES = { display: 'flex', flexWrap: 'wrap', gap: '8px 32px' } as const;
const FACT = { mt: 3, color: 'text.secondary', overflowWrap: 'anywhere' } as const;
