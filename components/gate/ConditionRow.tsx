'use client';

import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { NumberField } from '@/components/forms/NumberField';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Glyph } from '@/components/marks/Glyph';
import { Icon } from '@/components/marks/Icon';
import { SeverityMark } from '@/components/marks/SeverityMark';
import { StatusMark } from '@/components/marks/StatusMark';
import { FieldError } from '@/components/policy/FieldError';
import { conditionName } from './condition-name';
import { type Condition, isAsked, isLeast, isWrongOrder, type Limits, type Touched } from './conditions';
import { TouchedProjects } from './TouchedProjects';

interface ConditionRowProps {
  condition: Condition;
  limits: Limits;
  touched: Touched | null;
  error: string | null;
  isReadOnly: boolean;
  onChange: (limits: Limits) => void;
  onRemove: () => void;
}

const MOST_FINDINGS = 1_000_000;

/** What is asked, where it warns and where it fails, and the projects it would touch. */
export function ConditionRow(props: ConditionRowProps) {
  const { condition, limits, touched, error, isReadOnly, onChange, onRemove } = props;
  const t = useMessages();
  const name = conditionName(condition, t);
  const isShare = condition.id === 'new-coverage';
  const labels = isLeast(condition)
    ? { warn: t.gate.warnUnder, fail: t.gate.failUnder }
    : { warn: t.gate.warnAbove, fail: t.gate.failAbove };
  const field = (side: 'warn' | 'fail') => {
    const value = limits[side];
    return (
      <Box sx={{ gridArea: side, minWidth: 0 }}>
        <Box aria-hidden sx={LABEL}>
          {labels[side]}
        </Box>
        <NumberField
          label={t.gate.limitOf(labels[side], name)}
          value={value === null || !isShare ? value : Math.round(value * 1000) / 10}
          onChange={(next) => onChange({ ...limits, [side]: next === null || !isShare ? next : next / 100 })}
          isOptional
          placeholder="–"
          unit={isShare ? '%' : undefined}
          least={0}
          most={isLeast(condition) ? 100 : MOST_FINDINGS}
          step={isLeast(condition) ? 0.5 : 1}
          width={88}
          isReadOnly={isReadOnly}
        />
      </Box>
    );
  };
  const problem = error ?? (isWrongOrder(condition, limits) ? t.gate.wrongOrder : null);
  return (
    <Box component="li" sx={ITEM}>
      <Box sx={ROW}>
        <Box sx={NAME}>
          {'severity' in condition && <SeverityMark severity={condition.severity} />}
          {'magic' in condition && <Glyph magic={condition.magic} />}
          {name}
        </Box>
        {field('warn')}
        {field('fail')}
        <Box sx={{ gridArea: 'touched', minWidth: 0 }}>{touched && <TouchedProjects touched={touched} />}</Box>
        <Box sx={{ gridArea: 'remove', width: 30 }}>
          {!isReadOnly && (
            <IconButton aria-label={t.gate.remove(name)} onClick={onRemove}>
              <Icon name="close" size={14} />
            </IconButton>
          )}
        </Box>
      </Box>
      <FieldError text={problem} />
      {problem === null && !isReadOnly && !isAsked(limits) && (
        <Box role="status" sx={{ display: 'flex', gap: '6px', mt: 1, typography: 'body2', color: 'text.secondary' }}>
          <Box component="span" sx={{ mt: '2px' }}>
            <StatusMark status="warning" />
          </Box>
          {t.gate.noLimit}
        </Box>
      )}
    </Box>
  );
}

const ITEM = { px: 4, py: 2, borderBottom: 1, borderColor: 'divider', '&:last-of-type': { borderBottom: 0 } } as const;

const ROW = {
  display: 'grid',
  alignItems: 'end',
  columnGap: 3,
  rowGap: 2,
  gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) 30px',
  gridTemplateAreas: '"name name remove" "warn fail fail" "touched touched touched"',
  '@container policy (min-width: 520px)': {
    gridTemplateColumns: 'minmax(0, 1fr) 108px 108px minmax(96px, 136px) 30px',
    gridTemplateAreas: '"name warn fail touched remove"',
  },
} as const;

const NAME = {
  gridArea: 'name',
  display: 'flex',
  alignItems: 'center',
  gap: 2,
  minHeight: 32,
  minWidth: 0,
  fontWeight: 500,
} as const;

const LABEL = {
  fontSize: 'var(--elder-small)',
  lineHeight: 'var(--elder-line-small)',
  color: 'elder.text3',
  mb: '2px',
} as const;
