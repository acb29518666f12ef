'use client';

import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { callApi, queryString } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { useToast } from '@/components/feedback/ToastProvider';
import { FormDialog } from '@/components/forms/FormDialog';
import { SelectField } from '@/components/forms/SelectField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { CopyableCode } from '@/components/layout/CopyableCode';
import { BADGE_METRICS, type BadgeMetric } from '@/lib/schemas/badges';
import type { ProjectListItem, ProjectOverview } from '@/lib/schemas/projects';
import { badgeSnippets } from './badge-snippets';

interface BadgeDialogProps {
  overview: Pick<ProjectOverview, 'projectId' | 'publicBadge'>;
  onClose: () => void;
}

/** Whether the project's badge is public, how it looks and what to paste to show it. */
export function BadgeDialog({ overview: { projectId, publicBadge }, onClose }: BadgeDialogProps) {
  const t = useMessages();
  const words = t.share.badge;
  const { language } = useFormat();
  const id = useId();
  const client = useQueryClient();
  const toast = useToast();
  const [metric, setMetric] = useState<BadgeMetric>('health');
  const save = useMutation({
    mutationFn: (next: boolean) =>
      callApi<ProjectListItem>(`/projects/${projectId}`, { method: 'PATCH', body: { publicBadge: next } }),
    onSuccess: async (_, next) => {
      await client.invalidateQueries({ queryKey: queryKeys.overview(projectId) });
      toast({ text: next ? words.on : words.off });
    },
  });
  const nameOf = (one: BadgeMetric) => (one === 'health' || one === 'gate' ? words.metrics[one] : t.common.magics[one]);
  const path = `/api/v1/projects/${projectId}/badge.svg${queryString({ metric, language })}`;
  const { origin } = window.location;
  const alt = `${t.common.product} · ${nameOf(metric)}`;
  return (
    <FormDialog title={words.title} error={save.error} onClose={onClose}>
      <Box>
        <FormControlLabel
          label={words.public}
          sx={{ ml: 0, gap: 2 }}
          control={
            <Switch
              checked={publicBadge}
              disabled={save.isPending}
              onChange={(_, next) => save.mutate(next)}
              slotProps={{ input: { 'aria-describedby': `${id}-help` } }}
            />
          }
        />
        <Box id={`${id}-help`} sx={{ typography: 'body2', color: 'elder.text3' }}>
          {words.publicHelp}
        </Box>
      </Box>
      {publicBadge && (
        <>
          <SelectField
            label={words.metric}
            value={metric}
            options={BADGE_METRICS.map((value) => ({ value, name: nameOf(value) }))}
            onChange={setMetric}
          />
          <Box component="figure" sx={{ m: 0, display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 3 }}>
            <Box component="figcaption" sx={{ typography: 'body2', color: 'text.secondary' }}>
              {words.preview}
            </Box>
            {/* biome-ignore lint/performance/noImgElement: the picture is an SVG of our own API, there is nothing to optimise */}
            <img key={path} src={path} alt={alt} height={20} />
          </Box>
          <Box component="section" aria-label={words.snippets} sx={{ display: 'grid', gap: 3 }}>
            {badgeSnippets(`${origin}${path}`, `${origin}/projects/${projectId}`, alt).map(({ format, text }) => (
              <Box key={format}>
                <Box sx={{ typography: 'body2', color: 'text.secondary', mb: 1 }}>{format}</Box>
                <CopyableCode value={text} label={format} isSmall />
              </Box>
            ))}
          </Box>
        </>
      )}
    </FormDialog>
  );
}
