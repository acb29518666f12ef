'use client';

import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { Field } from '@/components/forms/Field';
import { LinesField } from '@/components/forms/LinesField';
import { SelectField } from '@/components/forms/SelectField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Glyph } from '@/components/marks/Glyph';
import { Icon } from '@/components/marks/Icon';
import { MAGIC_IDS, SEVERITIES } from '@/lib/magics/types';
import type { Configuration } from '@/lib/schemas/configuration';
import { ToggleChips } from './ToggleChips';

type PathRule = Configuration['pathRules'][number];

interface PathRuleCardProps {
  number: number;
  rule: PathRule;
  error: string | null;
  isReadOnly: boolean;
  /** null takes the rule away. */
  onChange: (rule: PathRule | null) => void;
}

const EVERYTHING = 'everything';
const PART = 'part';
const ANY = 'any';

/** What holds at the paths of one glob. */
export function PathRuleCard({ number, rule, error, isReadOnly, onChange }: PathRuleCardProps) {
  const t = useMessages();
  const format = useFormat();
  const words = t.policy.paths;
  const set = (part: Partial<PathRule>) => onChange({ ...rule, ...part });
  return (
    <Box component="li" sx={CARD}>
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 2 }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Field
            label={words.glob(format.number(number))}
            value={rule.glob}
            onChange={(glob) => set({ glob })}
            placeholder="legacy/**"
            error={error}
            inputProps={{ readOnly: isReadOnly, spellCheck: false }}
          />
        </Box>
        {!isReadOnly && (
          <IconButton
            aria-label={words.remove(rule.glob || format.number(number))}
            onClick={() => onChange(null)}
            sx={{ mt: 6 }}
          >
            <Icon name="bin" />
          </IconButton>
        )}
      </Box>
      <Box sx={{ display: 'grid', gap: 4, gridTemplateColumns: 'repeat(auto-fit, minmax(min(200px, 100%), 1fr))' }}>
        <SelectField
          label={words.holds}
          value={rule.isIgnored ? EVERYTHING : PART}
          options={[
            { value: PART, name: words.part },
            { value: EVERYTHING, name: words.everything },
          ]}
          isReadOnly={isReadOnly}
          onChange={(value) => set({ isIgnored: value === EVERYTHING })}
        />
        {!rule.isIgnored && (
          <SelectField
            label={words.most}
            value={rule.maxSeverity ?? ANY}
            options={[
              { value: ANY, name: words.any },
              ...SEVERITIES.map((severity) => ({ value: severity, name: t.common.severity[severity] })),
            ]}
            isReadOnly={isReadOnly}
            onChange={(value) => set({ maxSeverity: SEVERITIES.find((severity) => severity === value) ?? null })}
          />
        )}
      </Box>
      {!rule.isIgnored && (
        <>
          <ToggleChips
            label={words.magicsOff}
            options={MAGIC_IDS.map((magic) => ({
              value: magic,
              name: t.common.magics[magic],
              mark: <Glyph magic={magic} size={14} />,
            }))}
            chosen={rule.magicsOff}
            isReadOnly={isReadOnly}
            onChange={(magicsOff) => set({ magicsOff })}
          />
          <LinesField
            label={words.rulesOff}
            value={rule.rulesOff}
            help={words.rulesOffHelp}
            rows={2}
            isReadOnly={isReadOnly}
            onChange={(rulesOff) => set({ rulesOff })}
          />
        </>
      )}
    </Box>
  );
}

const CARD = {
  display: 'grid',
  gap: 4,
  p: 4,
  borderBottom: 1,
  borderColor: 'divider',
  '&:last-of-type': { borderBottom: 0 },
} as const;
