'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { StatusMark } from '@/components/marks/StatusMark';
import { StatusWord } from '@/components/marks/StatusWord';
import { Change } from '@/components/scores/Change';
import { gateWords } from '@/lib/i18n/gate-words';
import type { ProjectPreview } from '@/lib/schemas/configuration';
import { hasGateChange, healthChange } from './preview-order';

/** One project: its health and gate now, and as they would be. */
export function PreviewRow({ project, isOld }: { project: ProjectPreview; isOld: boolean }) {
  const t = useMessages();
  const format = useFormat();
  const words = t.policy.preview;
  const { now, next } = project;
  const isChanged = hasGateChange(project);
  const change = healthChange(project);
  const [before, after] = [now?.healthScore ?? null, next?.healthScore ?? null];
  const reason = next ? gateWords({ gateReason: next.gateReason }, t) : '';
  return (
    <Box component="li" sx={{ ...ROW, ...(isChanged && { bgcolor: 'elder.selected' }) }}>
      <Box sx={{ gridArea: 'name', minWidth: 0, overflowWrap: 'anywhere', fontWeight: isChanged ? 500 : 400 }}>
        {project.projectName}
        {!project.isExact && (
          <Box sx={{ typography: 'body2', color: 'elder.text3', fontWeight: 400 }}>
            {project.needAudit.length > 0 ? words.roughRow(format.number(project.needAudit.length)) : words.roughGate}
            {project.notAsked && ` ${words.notAsked[project.notAsked]}`}
          </Box>
        )}
      </Box>
      <Box sx={{ gridArea: 'health', whiteSpace: 'nowrap', color: 'elder.text3' }}>
        <span className="elder-hidden">{words.health} </span>
        {before === null ? '–' : format.score(before)} →{' '}
        <Box component="b" sx={{ color: isOld ? 'elder.text3' : 'text.primary' }}>
          {after === null ? '–' : format.score(after)}
        </Box>
      </Box>
      <Box sx={{ gridArea: 'change', textAlign: 'right', typography: 'body2' }}>
        {change !== 0 && <Change value={change} format={format} />}
      </Box>
      <Box sx={GATE}>
        <span className="elder-hidden">{words.gate} </span>
        {isChanged && now?.gate && (
          <>
            <StatusMark status={now.gate} label={t.common.status[now.gate]} />
            <span aria-hidden>→</span>
          </>
        )}
        {next?.gate ? (
          <Box component="span" sx={{ color: isChanged ? 'text.primary' : 'text.secondary' }}>
            <StatusWord status={next.gate}>
              <Box component="span" sx={{ fontWeight: isChanged ? 500 : 400 }}>
                {t.common.status[next.gate]}
              </Box>
            </StatusWord>
          </Box>
        ) : project.isGateKnown ? (
          '–'
        ) : (
          <StatusWord status="inconclusive">
            <Box component="span" title={words.gateUnknownHelp} sx={{ fontWeight: 400 }}>
              {words.gateUnknown}
            </Box>
          </StatusWord>
        )}
      </Box>
      {isChanged && reason && <Box sx={REASON}>{reason}</Box>}
    </Box>
  );
}

const ROW = {
  display: 'grid',
  alignItems: 'center',
  columnGap: 2,
  gridTemplateColumns: 'minmax(0, 1fr) 66px 30px minmax(92px, auto)',
  gridTemplateAreas: '"name health change gate" "reason reason reason reason"',
  minHeight: 36,
  px: 4,
  py: '6px',
  borderBottom: 1,
  borderColor: 'divider',
  '&:last-of-type': { borderBottom: 0 },
} as const;

const GATE = {
  gridArea: 'gate',
  display: 'flex',
  alignItems: 'center',
  gap: '5px',
  justifyContent: 'flex-start',
} as const;
const REASON = { gridArea: 'reason', typography: 'body2', color: 'text.secondary', overflowWrap: 'anywhere' } as const;
