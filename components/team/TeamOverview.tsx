'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Note } from '@/components/feedback/Note';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Rich } from '@/components/i18n/Rich';
import { PageHeader } from '@/components/layout/PageHeader';
import { portfolioSentence } from '@/components/projects/sentence';
import { AppLink } from '@/components/theme/AppLink';
import type { InvitationView } from '@/lib/schemas/invitations';
import type { Portfolio } from '@/lib/schemas/projects';
import type { MemberView, TeamMagic, TeamRole } from '@/lib/schemas/teams';
import type { TokenView } from '@/lib/schemas/tokens';
import { TeamMagicsPanel } from './TeamMagicsPanel';
import { TeamPeoplePanel } from './TeamPeoplePanel';
import { TeamProjectsPanel } from './TeamProjectsPanel';

interface TeamOverviewProps {
  team: { id: string; name: string; role: TeamRole };
  /** Lowest health first. */
  portfolio: Portfolio;
  magics: readonly TeamMagic[];
  members: readonly MemberView[];
  /** null: not for the asker to see. */
  invitations: readonly InvitationView[] | null;
  tokens: readonly TokenView[] | null;
  /** Channels that refused what is sent; 0 for whom they do not concern. */
  disabledChannels: number;
}

/** How a team's projects are, and who is in it. */
export function TeamOverview({ team, portfolio, magics, disabledChannels, ...people }: TeamOverviewProps) {
  const t = useMessages();
  const format = useFormat();
  return (
    <>
      <PageHeader
        title={team.name}
        lead={portfolio.total > 0 && <Rich text={portfolioSentence(portfolio, t, format)} />}
        action={
          <Button variant="outlined" component={AppLink} href="/projects">
            {t.teamOverview.allProjects}
          </Button>
        }
      />
      {disabledChannels > 0 && (
        <Box sx={{ mb: 4 }}>
          <Note
            status="error"
            action={
              <Button size="small" variant="outlined" component={AppLink} href={`/teams/${team.id}/notifications`}>
                {t.notifications.openChannels}
              </Button>
            }
          >
            <b>{t.notifications.disabledTitle(format.number(disabledChannels))}</b> {t.notifications.disabledHelp}
          </Note>
        </Box>
      )}
      <Box sx={COLUMNS}>
        <TeamProjectsPanel rows={portfolio.rows} mayRegister={team.role !== 'viewer'} />
        <Box sx={{ display: 'grid', gap: 4, alignContent: 'start', minWidth: 0 }}>
          <TeamMagicsPanel magics={magics} />
          <TeamPeoplePanel teamId={team.id} {...people} />
        </Box>
      </Box>
    </>
  );
}

const COLUMNS = {
  display: 'grid',
  gap: 4,
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 3fr) minmax(320px, 2fr)' },
  alignItems: 'start',
} as const;
