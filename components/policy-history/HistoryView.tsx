'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Note } from '@/components/feedback/Note';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { PageHeader } from '@/components/layout/PageHeader';
import { PhoneBack } from '@/components/layout/PhoneBack';
import { Icon } from '@/components/marks/Icon';
import { useConfiguration } from '@/components/policy/use-configuration';
import { AppLink } from '@/components/theme/AppLink';
import { VersionsList } from './VersionsList';
import { ownerOfTeam } from './versions-owner';

/** Every version of the policy, newest first. */
export function HistoryView({ team }: { team: { id: string; name: string } }) {
  const t = useMessages();
  const { data: view } = useConfiguration(team.id);
  const words = t.policy.history;
  const policy = `/teams/${team.id}/policy`;
  return (
    <>
      <PhoneBack href={policy}>{words.toPolicy}</PhoneBack>
      <PageHeader
        title={words.page}
        lead={words.lead}
        action={
          <Button
            variant="outlined"
            component={AppLink}
            href={policy}
            startIcon={<Icon name="sliders" size={14} />}
            sx={{ display: { xs: 'none', md: 'inline-flex' } }}
          >
            {words.toPolicy}
          </Button>
        }
      />
      {view && !view.canChange && (
        <Box sx={{ mb: 4 }}>
          <Note>{t.policy.viewer(team.name)}</Note>
        </Box>
      )}
      {view && <VersionsList owner={ownerOfTeam(view)} label={words.page} empty={words.empty} />}
    </>
  );
}
