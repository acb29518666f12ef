import Box from '@mui/material/Box';
import { Note } from '@/components/feedback/Note';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import type { RuleView } from '@/lib/schemas/magics';
import type { RuleStanding } from '@/lib/services/rule-standing';
import { LimitRange } from './LimitRange';
import { limitText } from './limit-scale';

interface TeamLimitsProps {
  limits: NonNullable<RuleView['limits']>;
  standing: RuleStanding;
  team: string;
  t: Messages;
  format: Format;
}

/** The limits as they hold for the team on screen, and how they came from the published ones. */
export function TeamLimits({ limits, standing, team, t, format }: TeamLimitsProps) {
  const own = standing.limits ?? limits;
  const isMoved = own.good !== limits.good;
  const strictness = format.number(standing.strictness, 2);
  return (
    <Box sx={{ display: 'grid', gap: 3 }}>
      {!standing.isOn && <Note status="not_applicable">{t.rules.team.off(team)}</Note>}
      <LimitRange limits={{ per: limits.per, ...own }} t={t} format={format} />
      <Box component="p" sx={{ typography: 'body2', color: 'text.secondary' }}>
        {isMoved
          ? t.rules.team.moved(team, strictness, limitText(limits.good, limits, format))
          : t.rules.team.published(team, strictness)}
      </Box>
    </Box>
  );
}
