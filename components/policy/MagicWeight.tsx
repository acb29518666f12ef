'use client';

import Box from '@mui/material/Box';
import Switch from '@mui/material/Switch';
import { Stepper } from '@/components/forms/Stepper';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Glyph } from '@/components/marks/Glyph';
import { usePolicyForm } from './form-context';
import { WasChip } from './WasChip';
import { isMagicOn, type MagicOption, weightOf, withMagic } from './weights';

const MOST = 100;

/** One magic: its switch, its weight, and the share of the health that it makes up. */
export function MagicWeight({ view, share }: { view: MagicOption; share: number }) {
  const t = useMessages();
  const format = useFormat();
  const { draft, base, change, isReadOnly } = usePolicyForm('magics');
  const name = t.common.magics[view.magic];
  const isOn = isMagicOn(draft, view.magic);
  const weight = weightOf(draft, view);
  const wasOn = isMagicOn(base, view.magic);
  const wasWeight = weightOf(base, view);
  const changed = Object.keys(draft.rules).filter((ruleId) => ruleId.startsWith(`${view.magic}/`)).length;
  const set = (part: Parameters<typeof withMagic>[2]) => change({ magics: withMagic(draft, view, part) });
  const words = t.policy.weights;
  return (
    <Box component="li" sx={ROW}>
      <Switch
        checked={isOn}
        disabled={isReadOnly}
        onChange={(_, isEnabled) => set({ isEnabled })}
        slotProps={{ input: { 'aria-label': words.isOn(name) } }}
      />
      <Box component="span" sx={{ ...NAME, color: isOn ? 'text.primary' : 'elder.text3' }}>
        <Glyph magic={view.magic} size={17} />
        {name}
      </Box>
      <Box component="span" sx={META}>
        {isOn ? words.rules(format.number(view.rules), changed === 0 ? null : format.number(changed)) : words.off}
      </Box>
      <Box sx={{ gridArea: 'was', justifySelf: 'end' }}>
        {(isOn !== wasOn || weight !== wasWeight) && (
          <WasChip value={wasOn ? format.number(wasWeight, 1) : words.wasOff} />
        )}
      </Box>
      <Box component="span" sx={SHARE}>
        <span className="elder-hidden">{words.share}: </span>
        {isOn ? format.percent(share, 0) : '–'}
      </Box>
      <Box sx={{ gridArea: 'weight', justifySelf: 'end', opacity: isOn ? 1 : 0.6 }}>
        <Stepper
          label={words.weightOf(name)}
          less={words.less(name)}
          more={words.more(name)}
          value={weight}
          onChange={(next) => next !== null && set({ weight: next })}
          least={0}
          most={MOST}
          isReadOnly={isReadOnly || !isOn}
        />
      </Box>
    </Box>
  );
}

const ROW = {
  display: 'grid',
  alignItems: 'center',
  columnGap: 3,
  gridTemplateColumns: '30px minmax(0, 1fr) 40px auto',
  gridTemplateAreas: '"on name share weight" ". meta was was"',
  '@container policy (min-width: 520px)': {
    gridTemplateColumns: '30px minmax(0, 1.2fr) minmax(0, 1fr) 68px 44px auto',
    gridTemplateAreas: '"on name meta was share weight"',
  },
  minHeight: 40,
  px: 4,
  py: 1,
  borderBottom: 1,
  borderColor: 'divider',
} as const;

const NAME = { gridArea: 'name', display: 'flex', alignItems: 'center', gap: 2, fontWeight: 500, minWidth: 0 } as const;
const META = { gridArea: 'meta', typography: 'body2', color: 'text.secondary', minWidth: 0 } as const;
const SHARE = { gridArea: 'share', typography: 'body2', color: 'elder.text3', textAlign: 'right' } as const;
