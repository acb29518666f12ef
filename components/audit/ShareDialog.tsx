'use client';

import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { FormDialog } from '@/components/forms/FormDialog';
import { SelectField } from '@/components/forms/SelectField';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { ShownOnce } from '@/components/layout/ShownOnce';
import type { ShareLinkCreated } from '@/lib/schemas/share-links';
import { ShareLinks } from './ShareLinks';

const DAYS = ['1', '7', '30', '90'] as const;

interface ShareDialogProps {
  auditId: string;
  number: number;
  onClose: () => void;
}

/** Makes a link to the audit's report and lists those that work. */
export function ShareDialog({ auditId, number, onClose }: ShareDialogProps) {
  const t = useMessages();
  const words = t.share.links;
  const format = useFormat();
  const id = useId();
  const client = useQueryClient();
  const [days, setDays] = useState<(typeof DAYS)[number]>('7');
  const [hasCode, setHasCode] = useState(false);
  const make = useMutation({
    mutationFn: () =>
      callApi<ShareLinkCreated>(`/audits/${auditId}/share-links`, {
        method: 'POST',
        body: { expiresInDays: Number(days), includeCode: hasCode },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.shareLinks(auditId) }),
  });
  if (make.data) {
    return (
      <FormDialog title={words.made} onClose={onClose}>
        <ShownOnce label={words.link} value={make.data.link} help={words.madeHelp(format.date(make.data.expiresAt))} />
      </FormDialog>
    );
  }
  return (
    <FormDialog
      title={words.title(number)}
      submit={words.submit}
      isBusy={make.isPending}
      error={make.error}
      onSubmit={() => make.mutate()}
      onClose={onClose}
    >
      <p>{words.lead}</p>
      <SelectField
        label={words.expires}
        value={days}
        options={DAYS.map((value) => ({ value, name: words.days(format.number(Number(value))) }))}
        onChange={setDays}
      />
      <Box>
        <FormControlLabel
          sx={{ ml: '-4px' }}
          label={words.code}
          control={
            <Checkbox
              checked={hasCode}
              onChange={(_, next) => setHasCode(next)}
              slotProps={{ input: { 'aria-describedby': `${id}-help` } }}
            />
          }
        />
        <Box id={`${id}-help`} sx={{ typography: 'body2', color: 'elder.text3' }}>
          {words.codeHelp}
        </Box>
      </Box>
      <ShareLinks auditId={auditId} />
    </FormDialog>
  );
}
