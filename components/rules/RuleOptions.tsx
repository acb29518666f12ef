import Box from '@mui/material/Box';
import { Mono } from '@/components/layout/Mono';
import type { Format } from '@/lib/i18n/format';
import type { Messages } from '@/lib/i18n/messages';
import type { RuleOptionView } from '@/lib/schemas/magics';

interface RuleOptionsProps {
  options: readonly RuleOptionView[];
  t: Messages;
  format: Format;
}

/** What a policy can set for the rule: name, what it takes, and what holds otherwise. */
export function RuleOptions({ options, t, format }: RuleOptionsProps) {
  const words = t.rules.options;
  const takes = ({ kind, choices, least, most }: RuleOptionView) => {
    if (choices.length > 0) return words.choices[kind === 'texts' ? 'many' : 'one'](choices.join(', '));
    if (kind !== 'number' || (least === null && most === null)) return words.kinds[kind];
    if (most === null) return words.atLeast(format.number(least ?? 0, 2));
    return words.range(format.number(least ?? 0, 2), format.number(most, 2));
  };
  return (
    <Box component="dl" sx={{ display: 'grid', gap: 3 }}>
      {options.map((option) => (
        <Box key={option.name}>
          <dt>
            <Mono>{option.name}</Mono>
          </dt>
          <Box component="dd" sx={{ typography: 'body2', color: 'text.secondary', overflowWrap: 'anywhere' }}>
            {takes(option)}
            {' · '}
            {option.fallback === null || option.fallback === '[]' ? (
              words.unset
            ) : (
              <>
                {words.fallback} <Mono>{option.fallback}</Mono>
              </>
            )}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
