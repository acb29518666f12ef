'use client';

import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import IconButton from '@mui/material/IconButton';
import Switch from '@mui/material/Switch';
import Tooltip from '@mui/material/Tooltip';
import { memo, useId, useState } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { Icon } from '@/components/marks/Icon';
import { SeverityMark } from '@/components/marks/SeverityMark';
import { AppLink } from '@/components/theme/AppLink';
import { SEVERITIES } from '@/lib/magics/types';
import { isSame } from './changes';
import { FieldError } from './FieldError';
import { RuleOptionsForm } from './RuleOptionsForm';
import { type RuleOfPolicy, type RuleSetting, withSetting } from './rule-settings';
import { SmallSelect } from './SmallSelect';
import { CHANGED, WasChip } from './WasChip';

interface RuleLineProps {
  rule: RuleOfPolicy;
  setting: RuleSetting | undefined;
  was: RuleSetting | undefined;
  error: string | null;
  isReadOnly: boolean;
  onChange: (ruleId: string, setting: RuleSetting | undefined) => void;
}

/** One rule: on or off, how grave, its options, and the way back to what it was in the catalogue. */
export const RuleLine = memo(function RuleLine(props: RuleLineProps) {
  const { rule, setting, was, error, isReadOnly, onChange } = props;
  const t = useMessages();
  const { language } = useFormat();
  const id = useId();
  const words = t.policy.rules;
  const [isOpen, setOpen] = useState(false);
  const title = rule.title[language];
  const isOn = setting?.isEnabled !== false;
  const severity = setting?.severity ?? rule.severity;
  const wasSeverity = was?.severity ?? rule.severity;
  const isOptionsChanged = !isSame(setting?.options ?? {}, was?.options ?? {});
  const set = (part: Partial<RuleSetting>) => onChange(rule.ruleId, withSetting(rule, setting, part));
  const isShown = (isOpen || error !== null) && rule.options.length > 0;
  return (
    <Box component="li" sx={ITEM}>
      <Box sx={ROW}>
        <Switch
          checked={isOn}
          disabled={isReadOnly}
          onChange={(_, isEnabled) => set({ isEnabled })}
          slotProps={{ input: { 'aria-label': words.isOn(title) } }}
        />
        <Box sx={{ gridArea: 'name', minWidth: 0 }}>
          <Box
            component={AppLink}
            href={`/rules/${rule.ruleId}`}
            prefetch={false}
            data-row
            sx={{
              fontWeight: 500,
              color: isOn ? 'text.primary' : 'elder.text3',
              '&:hover': { textDecoration: 'underline' },
            }}
          >
            {title}
          </Box>
          <Box sx={{ color: 'elder.text3', overflowWrap: 'anywhere' }}>
            <Mono>{rule.ruleId}</Mono>
          </Box>
        </Box>
        <Box sx={STATE}>
          {isOn !== (was?.isEnabled !== false) && <WasChip value={was?.isEnabled === false ? words.off : words.on} />}
          {isOn && severity !== wasSeverity && <WasChip value={t.common.severity[wasSeverity]} />}
          {isOptionsChanged && (
            <Box component="span" sx={CHANGED}>
              {words.optionsChanged}
            </Box>
          )}
          {setting && !isReadOnly && (
            <Tooltip title={words.reset}>
              <IconButton aria-label={words.resetOf(title)} onClick={() => onChange(rule.ruleId, undefined)}>
                <Icon name="undo" size={14} />
              </IconButton>
            </Tooltip>
          )}
          {setting && isReadOnly && <Chip size="small" label={words.differs} />}
        </Box>
        <Box sx={{ gridArea: 'severity', display: 'flex', alignItems: 'center', gap: '6px', justifySelf: 'end' }}>
          <SeverityMark severity={severity} />
          <SmallSelect
            label={words.severityOf(title)}
            value={severity}
            isReadOnly={isReadOnly || !isOn}
            options={SEVERITIES.map((value) => ({ value, name: t.common.severity[value] }))}
            onChange={(next) => set({ severity: next })}
          />
        </Box>
        <Box sx={{ gridArea: 'more', width: 30 }}>
          {rule.options.length > 0 && (
            <IconButton
              aria-label={words.optionsOf(title)}
              aria-expanded={isShown}
              aria-controls={isShown ? `${id}-options` : undefined}
              onClick={() => setOpen(!isOpen)}
            >
              <Icon name={isShown ? 'up' : 'down'} size={14} />
            </IconButton>
          )}
        </Box>
      </Box>
      <FieldErrorLine error={error} />
      {isShown && (
        <Box id={`${id}-options`} role="group" aria-label={words.optionsOf(title)} sx={OPTIONS}>
          <RuleOptionsForm
            rule={rule}
            options={setting?.options}
            isReadOnly={isReadOnly || !isOn}
            onChange={(options) => set({ options })}
          />
        </Box>
      )}
    </Box>
  );
});

function FieldErrorLine({ error }: { error: string | null }) {
  if (error === null) return null;
  return (
    <Box sx={{ px: 4, pb: 2 }}>
      <FieldError text={error} />
    </Box>
  );
}

const ITEM = {
  borderBottom: 1,
  borderColor: 'divider',
  '&:last-of-type': { borderBottom: 0 },
} as const;

const ROW = {
  display: 'grid',
  alignItems: 'center',
  columnGap: 3,
  gridTemplateColumns: '30px minmax(0, 1fr) auto auto',
  gridTemplateAreas: '"on name name more" ". severity state state"',
  '@container policy (min-width: 520px)': {
    gridTemplateColumns: '30px minmax(0, 1fr) auto 116px 30px',
    gridTemplateAreas: '"on name state severity more"',
  },
  minHeight: 50,
  px: 4,
  py: '6px',
} as const;

const STATE = {
  gridArea: 'state',
  maxWidth: 176,
  justifySelf: 'end',
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'flex-end',
  gap: 1,
} as const;

const OPTIONS = { pl: '58px', pr: 4, pb: 4, pt: 1, display: 'grid', gap: 4, maxWidth: 560 } as const;
