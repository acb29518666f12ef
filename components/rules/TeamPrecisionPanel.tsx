import Box from '@mui/material/Box';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import type { RuleStanding } from '@/lib/services/rule-standing';

interface TeamPrecisionPanelProps {
  standing: RuleStanding;
  /** Fewest verdicts of which a share is told. */
  needed: number;
  t: Messages;
  format: Format;
}

const COUNTS = ['falsePositive', 'accepted', 'wontFix', 'fixed'] as const;

/** What the team itself says of the rule: counts, and a share where there are enough. */
export function TeamPrecisionPanel({ standing, needed, t, format }: TeamPrecisionPanelProps) {
  const words = t.triage.precision;
  const { precision, isDemoted } = standing;
  const { judged, share, low, high } = precision;
  if (judged === 0) {
    return (
      <Box component="p" sx={QUIET}>
        {words.none}
      </Box>
    );
  }
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Box component="p" sx={{ fontWeight: 500 }}>
        {share === null
          ? words.few(format.number(judged), format.number(needed))
          : words.share(format.percent(share), format.number(judged))}
      </Box>
      {low !== null && high !== null && (
        <Box component="p" sx={QUIET}>
          {words.interval(format.percent(low), format.percent(high))}
        </Box>
      )}
      <Box component="dl" sx={{ display: 'flex', flexWrap: 'wrap', gap: '4px 20px' }}>
        {COUNTS.map((name) => (
          <Box key={name} sx={{ display: 'flex', gap: '6px' }}>
            <Box component="dt" sx={{ color: 'elder.text3' }}>
              {words[name]}
            </Box>
            <dd>{format.number(precision[name])}</dd>
          </Box>
        ))}
      </Box>
      {isDemoted && (
        <Box component="p" sx={QUIET}>
          {words.demoted(t.common.severity[standing.severity])}
        </Box>
      )}
    </Box>
  );
}

const QUIET = { typography: 'body2', color: 'text.secondary', maxWidth: '76ch' } as const;
