'use client';

import Box from '@mui/material/Box';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Mono } from '@/components/layout/Mono';
import { Panel } from '@/components/layout/Panel';
import { ScoreBar } from '@/components/scores/ScoreBar';
import { AppLink } from '@/components/theme/AppLink';
import { fill } from '@/lib/i18n/fill';
import type { TopRisk } from '@/lib/schemas/projects';
import type { ProjectNames } from './names';
import { shortPath } from './short-path';

const REASONS_SHOWN = 3;

interface TopRisksProps {
  projectId: string;
  risks: readonly TopRisk[];
  remarks: ProjectNames['remarks'];
}

/** Files that will hurt next: why, and one thing to do about each. */
export function TopRisks({ projectId, risks, remarks }: TopRisksProps) {
  const t = useMessages();
  const format = useFormat();
  const say = ({ id, data }: TopRisk['action']) => fill(remarks[id] ?? id, data);
  return (
    <Panel title={t.project.risks.title} meta={t.project.risks.meta} headingId="risks" isFlush>
      {risks.length === 0 && (
        <Box component="p" sx={{ p: 4, color: 'text.secondary' }}>
          {t.project.risks.none}
        </Box>
      )}
      <Box component="ul">
        {risks.map(({ path, risk, reasons, action }) => (
          <Box component="li" key={path} sx={ITEM}>
            <Box sx={{ display: 'flex', alignItems: 'center', gap: 3 }}>
              <Box
                component={AppLink}
                href={`/projects/${projectId}/findings?path=${encodeURIComponent(path)}`}
                prefetch={false}
                sx={{ flex: 1, minWidth: 0, py: '2px', '&:hover': { textDecoration: 'underline' } }}
              >
                <Mono title={path}>{shortPath(path)}</Mono>
              </Box>
              <Box component="span" sx={RISK}>
                <Box component="span" sx={{ width: 44, display: 'block' }}>
                  <ScoreBar value={risk * 100} colour={risk >= 0.85 ? 'vermMark' : 'ochreMark'} />
                </Box>
                <span className="elder-hidden">{t.project.risks.risk(risk.toFixed(2))}</span>
                <span aria-hidden>{risk.toFixed(2)}</span>
              </Box>
            </Box>
            <Box sx={{ typography: 'body2', color: 'text.secondary' }}>
              {capital(reasons.slice(0, REASONS_SHOWN).map(say).join(t.common.comma), format.language)}
            </Box>
            <Box sx={{ typography: 'body2' }}>
              <Box component="span" sx={{ color: 'elder.text3' }}>
                {t.project.risks.next}
              </Box>{' '}
              {say(action)}
            </Box>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}

function capital(text: string, language: string): string {
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}

const ITEM = {
  px: 4,
  py: '7px',
  borderBottom: 1,
  borderColor: 'divider',
  '&:last-of-type': { borderBottom: 0 },
} as const;

const RISK = { display: 'inline-flex', alignItems: 'center', gap: '6px', typography: 'body2', flex: 'none' } as const;
