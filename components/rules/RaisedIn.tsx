import Box from '@mui/material/Box';
import { AppLink } from '@/components/theme/AppLink';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import type { RuleStanding } from '@/lib/services/rule-standing';

interface RaisedInProps {
  standing: RuleStanding;
  ruleId: string;
  t: Messages;
  format: Format;
}

/** The team's projects with findings of the rule; each leads to them. */
export function RaisedIn({ standing: { raisedIn }, ruleId, t, format }: RaisedInProps) {
  if (raisedIn.length === 0) {
    return (
      <Box component="p" sx={{ p: 4, color: 'text.secondary' }}>
        {t.rules.raised.never}
      </Box>
    );
  }
  return (
    <ul>
      {raisedIn.map(({ projectId, projectName, findings }) => (
        <Box component="li" key={projectId} sx={{ '& + li': { borderTop: 1, borderColor: 'divider' } }}>
          <Box
            component={AppLink}
            href={`/projects/${projectId}/findings?rule=${encodeURIComponent(ruleId)}`}
            prefetch={false}
            data-row
            sx={ROW}
          >
            <Box component="span" sx={{ flex: 1, minWidth: 0, fontWeight: 500, overflowWrap: 'anywhere' }}>
              {projectName}
            </Box>
            <Box component="span" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
              {t.rules.raised.findings(format.number(findings))}
            </Box>
          </Box>
        </Box>
      ))}
    </ul>
  );
}

const ROW = {
  display: 'flex',
  alignItems: 'center',
  gap: 4,
  minHeight: 40,
  px: 4,
  py: 2,
  '&:hover': { bgcolor: 'elder.hover' },
  '&:focus-visible': { outlineOffset: '-2px' },
} as const;
