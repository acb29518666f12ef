import Box from '@mui/material/Box';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import type { RuleView } from '@/lib/schemas/magics';
import { PrecisionText } from './PrecisionText';

interface PrecisionPanelProps {
  precision: RuleView['precision'];
  t: Messages;
  format: Format;
}

const VERDICTS = ['true', 'debatable', 'false'] as const;

/** What people said who read findings of the rule in public repositories; counts, and a share where there are enough. */
export function PrecisionPanel({ precision, t, format }: PrecisionPanelProps) {
  const words = t.rules.precision;
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Box component="p" sx={{ fontWeight: 500 }}>
        <PrecisionText precision={precision} t={t} format={format} />
      </Box>
      {precision && precision.low !== null && precision.high !== null && (
        <Box component="p" sx={QUIET}>
          {words.interval(format.percent(precision.low), format.percent(precision.high))}
        </Box>
      )}
      {precision && precision.labelled > 0 && (
        <Box component="dl" sx={{ display: 'flex', flexWrap: 'wrap', gap: '4px 20px' }}>
          {VERDICTS.map((verdict) => (
            <Box key={verdict} sx={{ display: 'flex', gap: '6px' }}>
              <Box component="dt" sx={{ color: 'elder.text3' }}>
                {words.verdicts[verdict]}
              </Box>
              <dd>{format.number(precision[verdict])}</dd>
            </Box>
          ))}
        </Box>
      )}
      {precision && precision.labelled > 0 && precision.share === null && (
        <Box component="p" sx={QUIET}>
          {words.tooFew}
        </Box>
      )}
      {precision && precision.noLongerReported > 0 && (
        <Box component="p" sx={QUIET}>
          {words.mended(precision.noLongerReported, format.number(precision.noLongerReported))}
        </Box>
      )}
      <Box component="p" sx={QUIET}>
        {words.about}
      </Box>
    </Box>
  );
}

const QUIET = { typography: 'body2', color: 'text.secondary', maxWidth: '76ch' } as const;
