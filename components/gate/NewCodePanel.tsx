'use client';

import Box from '@mui/material/Box';
import { Field } from '@/components/forms/Field';
import { SelectField } from '@/components/forms/SelectField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { usePolicyForm } from '@/components/policy/form-context';
import { NumberSetting } from '@/components/policy/NumberSetting';
import type { Configuration } from '@/lib/schemas/configuration';

type NewCode = Configuration['gate']['newCode'];

const STARTS = ['previous', 'merge_base', 'date', 'tag', 'last_passed'] as const satisfies readonly NewCode['since'][];
const MOST_LINES = 10_000;

/** From where on code is new, and which changes are too small to judge by it. */
export function NewCodePanel() {
  const t = useMessages();
  const { now } = useFormat();
  const { draft, change, isReadOnly, errorAt } = usePolicyForm('gate');
  const { gate } = draft;
  const { newCode } = gate;
  const words = t.gate.newCode;
  const set = (next: NewCode) => change({ gate: { ...gate, newCode: next } });
  const start = (since: NewCode['since']) => {
    if (since === 'date') set({ since, date: new Date(now).toISOString().slice(0, 10) });
    else if (since === 'tag') set({ since, tag: '' });
    else set({ since });
  };
  return (
    <Panel headingId="new-code" title={words.title}>
      <Box sx={{ display: 'grid', gap: 5, maxWidth: 480 }}>
        <SelectField
          label={words.label}
          value={newCode.since}
          options={STARTS.map((value) => ({ value, name: words.since[value] }))}
          isReadOnly={isReadOnly}
          onChange={start}
        />
        {newCode.since === 'date' && (
          <Field
            label={words.date}
            type="date"
            value={newCode.date}
            onChange={(date) => set({ since: 'date', date })}
            error={errorAt('gate', 'newCode')}
            inputProps={{ readOnly: isReadOnly }}
          />
        )}
        {newCode.since === 'tag' && (
          <Field
            label={words.tag}
            value={newCode.tag}
            onChange={(tag) => set({ since: 'tag', tag })}
            placeholder="v1.0.0"
            error={errorAt('gate', 'newCode')}
            inputProps={{ readOnly: isReadOnly, spellCheck: false }}
          />
        )}
        <NumberSetting
          label={words.small}
          value={gate.smallChangeLines}
          unit={words.smallUnit}
          least={0}
          most={MOST_LINES}
          help={words.smallHelp}
          error={errorAt('gate', 'smallChangeLines')}
          isReadOnly={isReadOnly}
          onChange={(value) => value !== null && change({ gate: { ...gate, smallChangeLines: value } })}
        />
      </Box>
    </Panel>
  );
}
