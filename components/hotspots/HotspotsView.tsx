'use client';

import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Link from '@mui/material/Link';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { Note } from '@/components/feedback/Note';
import { ChoiceMenu } from '@/components/forms/ChoiceMenu';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { EmptyState } from '@/components/layout/EmptyState';
import { Mono } from '@/components/layout/Mono';
import { Panel } from '@/components/layout/Panel';
import { SeenText } from '@/components/layout/SeenText';
import { ProjectHeader } from '@/components/project/ProjectHeader';
import { ProjectTabs } from '@/components/project/ProjectTabs';
import { useAddress } from '@/components/project/use-address';
import { useOverview } from '@/components/project/use-overview';
import type { Hotspots } from '@/lib/schemas/maps';
import { HeatLegend } from './HeatLegend';
import { HotspotTable } from './HotspotTable';
import { byHeat, HEATS, type Heat, heatSteps } from './heat';
import { Treemap } from './Treemap';
import { crumbsOf, folderTree } from './tree';

/** Where the code is large, tangled and changes often: a map, and the same as a table. */
export function HotspotsView({ projectId }: { projectId: string }) {
  const overview = useOverview(projectId).data;
  const query = useQuery({
    queryKey: queryKeys.hotspots(projectId),
    queryFn: ({ signal }) => callApi<Hotspots>(`/projects/${projectId}/hotspots`, { signal }),
  });
  return (
    <>
      {overview && <ProjectHeader overview={overview} />}
      {overview && <ProjectTabs overview={overview} />}
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.data && <Content projectId={projectId} hotspots={query.data} />}
    </>
  );
}

function Content({ projectId, hotspots }: { projectId: string; hotspots: Hotspots }) {
  const t = useMessages();
  const format = useFormat();
  const { parameters, change } = useAddress();
  const { files, untested, source } = hotspots;
  const hasHistory = files.some(({ revisions }) => revisions !== null);
  const usual: Heat = hasHistory ? 'risk' : 'complexity';
  const heat = HEATS.find((known) => known === parameters.get('heat')) ?? usual;
  const zoom = parameters.get('in') ?? '';
  const selected = parameters.get('file');
  const isMap = parameters.get('show') !== 'table';
  const tree = useMemo(() => folderTree(files, zoom), [files, zoom]);
  const steps = useMemo(() => heatSteps(files, heat), [files, heat]);
  const listed = useMemo(() => {
    const prefix = zoom === '' ? '' : `${zoom}/`;
    return byHeat(
      files.filter(({ path }) => path.startsWith(prefix)),
      heat,
    );
  }, [files, zoom, heat]);
  if (!source || files.length === 0) {
    return (
      <Panel>
        <EmptyState title={source ? t.hotspots.noCode : t.hotspots.none} />
      </Panel>
    );
  }
  const select = (path: string) => change({ file: path });
  const zoomTo = (folder: string) => change({ in: folder || null, file: null }, 'push');
  const chosen = files.find(({ path }) => path === selected);
  const remark = hotspots.remarks.find(({ path }) => path === selected);
  return (
    <Box sx={{ display: 'grid', gap: 4, '& > *': { minWidth: 0 } }}>
      <Box component="p" sx={{ maxWidth: '76ch' }}>
        {t.hotspots.lead({
          files: format.number(files.length),
          hot: format.number([...steps.values()].filter((step) => step === 5).length),
          heat: t.hotspots.heats[heat],
          number: source.auditNumber,
        })}
        {hotspots.leftOut > 0 && ` ${t.hotspots.leftOut(format.number(hotspots.leftOut))}`}
      </Box>
      {!hasHistory && <Note status="not_applicable">{t.hotspots.noHistory}</Note>}
      {untested && heat === 'risk' && (
        <Note status="inconclusive">{t.hotspots.untested(untested[format.language])}</Note>
      )}
      <Box role="group" aria-label={t.hotspots.show} sx={{ display: { xs: 'flex', sm: 'none' }, gap: 1 }}>
        <ButtonBase aria-pressed={!isMap} onClick={() => change({ show: 'table' }, 'push')} sx={SWITCH}>
          {t.hotspots.table}
        </ButtonBase>
        <ButtonBase aria-pressed={isMap} onClick={() => change({ show: null }, 'push')} sx={SWITCH}>
          {t.hotspots.map}
        </ButtonBase>
      </Box>
      <Box sx={{ display: { xs: isMap ? 'block' : 'none', sm: 'block' }, minWidth: 0 }}>
        <Panel
          title={t.hotspots.map}
          headingId="hotspot-map"
          action={
            <ChoiceMenu
              label={t.hotspots.heat}
              value={heat === usual ? null : heat}
              all={t.hotspots.heats[usual]}
              options={HEATS.filter((each) => each !== usual).map((each) => ({
                value: each,
                name: t.hotspots.heats[each],
              }))}
              onChange={(next) => change({ heat: next }, 'push')}
            />
          }
        >
          <Crumbs zoom={zoom} onZoom={zoomTo} />
          <Treemap tree={tree} heat={heat} steps={steps} selected={selected} onSelect={select} onZoom={zoomTo} />
          <HeatLegend heat={heat} hasUnknown={[...steps.values()].includes(null)} />
          {chosen && (
            <Box sx={{ typography: 'body2', pt: 2 }} role="status">
              <Mono>{chosen.path}</Mono>
              {remark && (
                <>
                  <br />
                  {remark.reasons.map((reason) => reason[format.language]).join(t.common.comma)}{' '}
                  <span>{remark.action[format.language]}</span>
                </>
              )}
            </Box>
          )}
        </Panel>
      </Box>
      <Box sx={{ display: { xs: isMap ? 'none' : 'block', sm: 'block' }, minWidth: 0 }}>
        <Panel title={t.hotspots.table} headingId="hotspot-table" isFlush>
          <HotspotTable
            projectId={projectId}
            files={listed}
            steps={steps}
            remarks={hotspots.remarks}
            selected={selected}
            onSelect={select}
          />
        </Panel>
      </Box>
    </Box>
  );
}

function Crumbs({ zoom, onZoom }: { zoom: string; onZoom: (folder: string) => void }) {
  const t = useMessages();
  if (zoom === '') return null;
  const steps = [{ path: '', name: t.hotspots.everything }, ...crumbsOf(zoom)];
  return (
    <Box component="nav" aria-label={t.hotspots.crumbs} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, pb: 2 }}>
      {steps.map(({ path, name }, index) => (
        <Box key={path} component="span" sx={{ display: 'inline-flex', gap: 1 }}>
          {index > 0 && <span aria-hidden>/</span>}
          {index === steps.length - 1 ? (
            <span aria-current="location">
              <SeenText>{name}</SeenText>
            </span>
          ) : (
            <Link component="button" type="button" onClick={() => onZoom(path)}>
              <SeenText>{name}</SeenText>
            </Link>
          )}
        </Box>
      ))}
    </Box>
  );
}

const SWITCH = {
  flex: 1,
  minHeight: 44,
  borderRadius: '6px',
  border: '1px solid',
  borderColor: 'divider',
  color: 'text.secondary',
  fontWeight: 500,
  '&[aria-pressed="true"]': { bgcolor: 'background.paper', borderColor: 'elder.lineStrong', color: 'text.primary' },
} as const;
