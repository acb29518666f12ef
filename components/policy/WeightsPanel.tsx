'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { StatusWord } from '@/components/marks/StatusWord';
import { FieldError } from './FieldError';
import { usePolicyForm } from './form-context';
import { MagicWeight } from './MagicWeight';
import { isMagicOn, sharesOf, weightOf } from './weights';

/** Which magics judge, and how much each counts. */
export function WeightsPanel() {
  const t = useMessages();
  const format = useFormat();
  const { draft, options, errorAt } = usePolicyForm('magics');
  const shares = sharesOf(draft, options);
  const sum = options.magics.reduce(
    (total, view) => total + (isMagicOn(draft, view.magic) ? weightOf(draft, view) : 0),
    0,
  );
  const isNone = sum === 0;
  return (
    <Panel
      isFlush
      headingId="weights"
      title={t.policy.weights.title}
      action={
        <Box component="span" role="status" sx={{ typography: 'body2', color: 'text.secondary' }}>
          {isNone ? (
            <StatusWord status="warning">{t.policy.weights.none}</StatusWord>
          ) : (
            t.policy.weights.sum(format.number(sum, 1))
          )}
        </Box>
      }
    >
      <Box component="ul">
        {options.magics.map((view) => (
          <MagicWeight key={view.magic} view={view} share={shares.get(view.magic) ?? 0} />
        ))}
      </Box>
      <Box sx={{ px: 4, py: 3, typography: 'body2', color: 'elder.text3' }}>
        {t.policy.weights.help}
        <FieldError text={errorAt('magics')} />
      </Box>
    </Panel>
  );
}
