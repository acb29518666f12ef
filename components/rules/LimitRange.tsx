import Box from '@mui/material/Box';
import { cssToken } from '@/components/theme/tokens';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import { textOf } from '@/lib/i18n/text-of';
import type { RuleView } from '@/lib/schemas/magics';
import { limitScale, limitText } from './limit-scale';

interface LimitRangeProps {
  limits: NonNullable<RuleView['limits']>;
  t: Messages;
  format: Format;
}

/** The limits as a line from full points to none; the sentence under it says the same. */
export function LimitRange({ limits, t, format }: LimitRangeProps) {
  const { good, bad } = limits;
  const unit = textOf(t.rules.per, limits.per);
  const { goodAt, badAt, isHigherBetter } = limitScale(limits);
  const show = (value: number) => limitText(value, limits, format);
  const from = Math.min(goodAt, badAt);
  const to = Math.max(goodAt, badAt);
  const colours = isHigherBetter ? ['vermMark', 'mossMark'] : ['mossMark', 'vermMark'];
  return (
    <Box sx={{ maxWidth: 420 }}>
      <Box aria-hidden sx={{ position: 'relative', height: 34, fontSize: '0.75rem', color: 'text.secondary' }}>
        <svg aria-hidden width="100%" height="12" viewBox="0 0 100 12" preserveAspectRatio="none">
          <rect x="0" y="3" width={from} height="6" fill={cssToken(colours[0] as 'mossMark')} />
          <rect x={from} y="3" width={to - from} height="6" fill={cssToken('track')} />
          <rect x={to} y="3" width={100 - to} height="6" fill={cssToken(colours[1] as 'mossMark')} />
        </svg>
        <Box component="span" sx={{ ...TICK, left: `${goodAt}%` }}>
          {show(good)}
        </Box>
        <Box component="span" sx={{ ...TICK, left: `${badAt}%` }}>
          {show(bad)}
        </Box>
      </Box>
      <Box component="p" sx={{ typography: 'body2', color: 'text.secondary' }}>
        {isHigherBetter ? t.rules.limitsTextHigher(show(good), show(bad)) : t.rules.limitsText(show(good), show(bad))}
      </Box>
      {unit && (
        <Box component="p" sx={{ typography: 'body2', color: 'elder.text3' }}>
          {t.rules.unit(unit)}
        </Box>
      )}
    </Box>
  );
}

const TICK = {
  position: 'absolute',
  top: 14,
  transform: 'translateX(-50%)',
  fontWeight: 500,
  whiteSpace: 'nowrap',
} as const;
