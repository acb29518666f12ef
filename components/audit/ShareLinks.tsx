'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { useToast } from '@/components/feedback/ToastProvider';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import type { ShareLinkList, ShareLinkView } from '@/lib/schemas/share-links';

/** The links to an audit's report that work, each with what ends it. */
export function ShareLinks({ auditId }: { auditId: string }) {
  const t = useMessages();
  const words = t.share.links;
  const client = useQueryClient();
  const toast = useToast();
  const query = useQuery({
    queryKey: queryKeys.shareLinks(auditId),
    queryFn: ({ signal }) => callApi<ShareLinkList>(`/audits/${auditId}/share-links`, { signal }),
  });
  const revoke = useMutation({
    mutationFn: ({ shareLinkId }: ShareLinkView) =>
      callApi<void>(`/audits/${auditId}/share-links/${shareLinkId}`, { method: 'DELETE' }),
    onSuccess: () => toast({ text: words.revoked }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.shareLinks(auditId) }),
  });
  const items = query.data?.items ?? [];
  const error = query.error ?? revoke.error;
  return (
    <Box component="section" aria-labelledby="share-links">
      <Box component="h3" id="share-links" sx={{ typography: 'h3', mb: 1 }}>
        {words.live}
      </Box>
      {error && <ErrorNote error={error} />}
      {query.data && items.length === 0 && (
        <Box component="p" sx={{ color: 'text.secondary' }}>
          {words.none}
        </Box>
      )}
      <ul>
        {items.map((link) => (
          <LinkRow key={link.shareLinkId} link={link} isBusy={revoke.isPending} onRevoke={() => revoke.mutate(link)} />
        ))}
      </ul>
    </Box>
  );
}

function LinkRow({ link, isBusy, onRevoke }: { link: ShareLinkView; isBusy: boolean; onRevoke: () => void }) {
  const t = useMessages();
  const words = t.share.links;
  const format = useFormat();
  const { expiresAt, createdAt, createdBy, includesCode, lastOpenedAt } = link;
  const facts = [
    includesCode ? words.withCode : words.withoutCode,
    words.by(createdBy),
    lastOpenedAt ? words.opened(format.ago(lastOpenedAt)) : words.unopened,
  ];
  return (
    <Box component="li" sx={ROW}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Box sx={{ fontWeight: 500 }}>{words.until(format.date(expiresAt))}</Box>
        <Box sx={{ typography: 'body2', color: 'elder.text3', overflowWrap: 'anywhere' }}>{facts.join(' · ')}</Box>
      </Box>
      <Button
        size="small"
        variant="outlined"
        aria-label={words.revokeOf(format.dateTime(createdAt))}
        disabled={isBusy}
        onClick={onRevoke}
      >
        {words.revoke}
      </Button>
    </Box>
  );
}

const ROW = {
  display: 'flex',
  alignItems: 'center',
  gap: 2,
  py: 2,
  borderTop: 1,
  borderColor: 'divider',
} as const;
