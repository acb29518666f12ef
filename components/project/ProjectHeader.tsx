'use client';

import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { PageHeader } from '@/components/layout/PageHeader';
import { SeenText } from '@/components/layout/SeenText';
import { LiveChip } from '@/components/live/LiveChip';
import { Icon } from '@/components/marks/Icon';
import { ArchivedChip } from '@/components/projects/ArchivedChip';
import { shortUrl } from '@/components/projects/short-url';
import { showHidden } from '@/lib/magics/hidden-text';
import type { ProjectOverview } from '@/lib/schemas/projects';
import { ProjectMenu } from './ProjectMenu';
import { RunAudit } from './RunAudit';

/** Name, live chip, where it lives, branch and commit; cancel and run at the right. */
export function ProjectHeader({ overview }: { overview: ProjectOverview }) {
  const t = useMessages();
  const { projectName, repositoryUrl, branch, running, current, isArchived } = overview;
  const commit = running?.commit ?? current?.commit;
  return (
    <PageHeader
      title={projectName}
      aside={
        <>
          <LiveChip isRunning={running !== null} />
          {isArchived && <ArchivedChip />}
        </>
      }
      lead={
        <Box sx={FACTS}>
          <RepositoryLink url={repositoryUrl} />
          <Box component="span" sx={FACT} title={t.project.branch}>
            <Icon name="branch" size={13} />
            <span className="elder-hidden">{t.project.branch}</span>
            <SeenText>{running?.branch ?? branch}</SeenText>
          </Box>
          {commit && (
            <Box component="span" sx={FACT} title={`${t.project.commit} · ${showHidden(commit.subject)}`}>
              <Icon name="commit" size={13} />
              <span className="elder-hidden">{t.project.commit}</span>
              <Mono>{commit.id.slice(0, 7)}</Mono>
            </Box>
          )}
        </Box>
      }
      action={
        <>
          <RunAudit overview={overview} />
          {overview.canManage && <ProjectMenu overview={overview} />}
        </>
      }
    />
  );
}

/** A path or an ssh address is no page that a browser can open. */
function RepositoryLink({ url }: { url: string }) {
  const t = useMessages();
  const shown = shortUrl(url);
  if (!/^https?:/.test(url)) {
    return (
      <Box component="span" sx={FACT} title={t.project.repository}>
        {shown}
      </Box>
    );
  }
  return (
    <Link href={url} color="inherit" sx={{ ...FACT, fontWeight: 400 }} title={t.common.opensHost}>
      {shown}
      <Icon name="external" size={12} />
    </Link>
  );
}

const FACTS = { display: 'flex', flexWrap: 'wrap', gap: '2px 14px', typography: 'body2', mt: '1px' } as const;

const FACT = {
  display: 'inline-flex',
  alignItems: 'center',
  gap: '5px',
  minWidth: 0,
  minHeight: 24,
  overflowWrap: 'anywhere',
} as const;
