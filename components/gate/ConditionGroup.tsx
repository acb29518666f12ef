'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { type ReactNode, useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { Icon } from '@/components/marks/Icon';
import { usePolicyForm } from '@/components/policy/form-context';
import type { ConfigurationPreview } from '@/lib/schemas/configuration';
import { ConditionRow } from './ConditionRow';
import { conditionName } from './condition-name';
import { type Condition, isAsked, keyOf, limitsOf, touchedBy, withLimits } from './conditions';

interface ConditionGroupProps {
  id: 'new' | 'total';
  conditions: readonly Condition[];
  preview: ConfigurationPreview | undefined;
  /** What the group says besides conditions. */
  children?: ReactNode;
}

/** The conditions of a group that are asked, and a menu of the others. */
export function ConditionGroup({ id, conditions, preview, children }: ConditionGroupProps) {
  const t = useMessages();
  const { draft, change, isReadOnly, errorAt } = usePolicyForm('gate');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  // A line stays while its limits are typed anew, though it asks nothing for a moment.
  const [opened, setOpened] = useState<ReadonlySet<string>>(
    () => new Set(conditions.filter((one) => isAsked(limitsOf(draft.gate, one))).map(keyOf)),
  );
  const isShown = (one: Condition) => opened.has(keyOf(one)) || isAsked(limitsOf(draft.gate, one));
  const shown = conditions.filter(isShown);
  const others = conditions.filter((one) => !isShown(one));
  const words = t.gate.groups[id];
  const open = (condition: Condition) => {
    setAnchor(null);
    setOpened((before) => new Set([...before, keyOf(condition)]));
  };
  const remove = (condition: Condition) => {
    setOpened((before) => new Set([...before].filter((key) => key !== keyOf(condition))));
    change({ gate: withLimits(draft.gate, condition, { warn: null, fail: null }) });
  };
  return (
    <Panel
      isFlush
      headingId={`gate-${id}`}
      title={words.title}
      meta={words.about}
      action={
        !isReadOnly &&
        others.length > 0 && (
          <Button
            size="small"
            variant="outlined"
            aria-haspopup="menu"
            aria-expanded={anchor !== null}
            startIcon={<Icon name="plus" size={13} />}
            onClick={(event) => setAnchor(event.currentTarget)}
          >
            {t.gate.add}
          </Button>
        )
      }
    >
      {shown.length === 0 && (
        <Box component="p" sx={{ px: 4, py: 3, color: 'text.secondary' }}>
          {t.gate.none}
        </Box>
      )}
      <Box component="ul" aria-label={words.title}>
        {shown.map((condition) => (
          <ConditionRow
            key={keyOf(condition)}
            condition={condition}
            limits={limitsOf(draft.gate, condition)}
            touched={preview ? touchedBy(preview, condition) : null}
            error={errorAt('gate', ...pathOf(condition))}
            isReadOnly={isReadOnly}
            onChange={(limits) => change({ gate: withLimits(draft.gate, condition, limits) })}
            onRemove={() => remove(condition)}
          />
        ))}
      </Box>
      {children}
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {others.map((condition) => (
          <MenuItem key={keyOf(condition)} onClick={() => open(condition)}>
            {conditionName(condition, t)}
          </MenuItem>
        ))}
      </Menu>
    </Panel>
  );
}

/** Where a condition is kept within the gate. */
function pathOf(condition: Condition): string[] {
  switch (condition.id) {
    case 'new-findings':
      return ['newFindings', condition.severity];
    case 'findings':
      return ['findings', condition.severity];
    case 'magic':
      return ['magics', condition.magic];
    case 'health':
      return ['health'];
    case 'new-coverage':
      return ['newCoverage'];
  }
}
