'use client';

import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Link from '@mui/material/Link';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Panel } from '@/components/layout/Panel';
import { changeWords, settingName } from '@/components/policy/change-words';
import { isSame } from '@/components/policy/changes';
import type { AvailableOptions, Configuration, RecommendedPolicy } from '@/lib/schemas/configuration';
import { reasonWords } from './reason-words';

interface ReasonsPanelProps {
  recommended: RecommendedPolicy;
  /** What holds now. */
  current: Configuration;
  options: AvailableOptions;
}

/** Each choice with its reason, and whether it holds already. */
export function ReasonsPanel({ recommended, current, options }: ReasonsPanelProps) {
  const t = useMessages();
  const format = useFormat();
  const words = t.policy.recommended;
  const { preset, presetReason, choices, evidence } = recommended;
  const told = choices.map(({ path, value, reason }) => {
    const names = path.split('.');
    const { after } = changeWords({ path: names, before: undefined, after: value }, { t, format, options });
    return {
      key: path,
      name: settingName(names, { t, format, options }),
      value: after,
      reason: reasonWords(reason, t, format),
      isSet: isSame(valueAt(current, names), value),
    };
  });
  const { strictness, focusAreas } = options.presets.find((one) => one.preset === preset)?.configuration ?? current;
  const first = {
    key: 'preset',
    name: words.preset,
    value: `${t.policy.presets[preset]} ${format.number(strictness, 2)}`,
    reason: reasonWords(presetReason, t, format),
    isSet: current.strictness === strictness && focusAreas.every((magic) => current.focusAreas.includes(magic)),
  };
  return (
    <Panel
      headingId="reasons"
      title={words.reasons}
      meta={evidence.auditId ? words.fromAudit : words.noAudit}
      action={evidence.auditId && <Link href={`/audits/${evidence.auditId}`}>{words.audit}</Link>}
      isFlush
    >
      <Box component="ul" aria-label={words.reasons}>
        {[first, ...told].map(({ key, name, value, reason, isSet }) => (
          <Box component="li" key={key} sx={LINE}>
            <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              <Box component="span" sx={{ fontWeight: 500 }}>
                {name}
              </Box>
              <Box sx={{ color: 'text.secondary' }}>{reason}</Box>
            </Box>
            <Box sx={VALUE}>
              <b>{value}</b>
              <Chip size="small" label={isSet ? words.isSet : words.isOther} />
            </Box>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}

function valueAt(value: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>(
    (node, name) => (node !== null && typeof node === 'object' ? (node as Record<string, unknown>)[name] : undefined),
    value,
  );
}

const LINE = {
  display: 'grid',
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(0, 1.6fr) minmax(0, 1fr)' },
  alignItems: 'start',
  gap: '4px 16px',
  px: 4,
  py: 3,
  borderBottom: 1,
  borderColor: 'divider',
  '&:last-of-type': { borderBottom: 0 },
} as const;

const VALUE = {
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: { sm: 'flex-end' },
  gap: 2,
  minWidth: 0,
  overflowWrap: 'anywhere',
} as const;
