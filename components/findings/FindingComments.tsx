'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useLayoutEffect, useRef, useState } from 'react';
import { callApi } from '@/components/api/client';
import { queryKeys } from '@/components/api/keys';
import { ErrorNote } from '@/components/feedback/ErrorNote';
import { RowSkeletons } from '@/components/feedback/Skeletons';
import { useToast } from '@/components/feedback/ToastProvider';
import { TextArea } from '@/components/forms/TextArea';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { SeenText } from '@/components/layout/SeenText';
import { type CommentList, type CommentView, LONGEST_COMMENT } from '@/lib/schemas/triage';

interface FindingCommentsProps {
  findingId: string;
  canWrite: boolean;
  /** How often somebody asked to write: each time the field takes the focus. */
  writing: number;
}

/** What people wrote about a finding, and a field for more. */
export function FindingComments({ findingId, canWrite, writing }: FindingCommentsProps) {
  const t = useMessages();
  const client = useQueryClient();
  const words = t.triage.comments;
  const path = `/findings/${findingId}/comments`;
  const query = useQuery({
    queryKey: queryKeys.comments(findingId),
    queryFn: ({ signal }) => callApi<CommentList>(path, { signal }),
  });
  const reread = () => client.invalidateQueries({ queryKey: queryKeys.comments(findingId) });
  const write = useMutation({
    mutationFn: (text: string) => callApi<CommentView>(path, { method: 'POST', body: { text } }),
    onSuccess: reread,
  });
  const items = query.data?.items ?? [];
  return (
    <Box sx={{ px: { xs: 4, md: 5 }, py: 4, display: 'grid', gap: 4 }}>
      {query.isPending && <RowSkeletons height={44} />}
      {query.isError && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && items.length === 0 && (
        <Box component="p" sx={{ color: 'text.secondary' }}>
          {words.none}
        </Box>
      )}
      <Box component="ul" aria-label={words.list} sx={{ display: 'grid', gap: 4 }}>
        {items.map((comment) => (
          <Comment key={comment.commentId} comment={comment} path={path} onChanged={reread} />
        ))}
      </Box>
      {canWrite && (
        <CommentForm
          label={words.write}
          submit={words.submit}
          isPending={write.isPending}
          error={write.error}
          focusedTimes={writing}
          onSubmit={(text) => write.mutateAsync(text)}
        />
      )}
    </Box>
  );
}

interface CommentProps {
  comment: CommentView;
  path: string;
  onChanged: () => Promise<void>;
}

function Comment({ comment: { commentId, author, text, createdAt, editedAt, isOwn }, path, onChanged }: CommentProps) {
  const t = useMessages();
  const format = useFormat();
  const toast = useToast();
  const words = t.triage.comments;
  const [isEditing, setEditing] = useState(false);
  const change = useMutation({
    mutationFn: (next: string) =>
      callApi<CommentView>(`${path}/${commentId}`, { method: 'PATCH', body: { text: next } }),
    onSuccess: async () => {
      await onChanged();
      setEditing(false);
    },
  });
  const remove = useMutation({
    mutationFn: () => callApi<void>(`${path}/${commentId}`, { method: 'DELETE' }),
    onSuccess: async () => {
      await onChanged();
      // Written again it is a new comment of the same words.
      const writeAgain = () => callApi<CommentView>(path, { method: 'POST', body: { text } }).then(onChanged);
      toast({ text: words.deleted, action: { label: t.triage.undo, run: () => void writeAgain() } });
    },
  });
  return (
    <Box component="li" sx={{ display: 'grid', gap: 1 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0 12px', typography: 'body2' }}>
        <Box component="span" sx={{ fontWeight: 600 }}>
          {author?.name ?? words.gone}
        </Box>
        <Box component="span" sx={{ color: 'elder.text3' }} title={format.dateTime(createdAt)}>
          {format.ago(createdAt)}
          {editedAt && ` · ${words.edited}`}
        </Box>
        {isOwn && !isEditing && (
          <Box component="span" sx={{ ml: 'auto', my: '-4px' }}>
            <Button size="small" color="info" onClick={() => setEditing(true)}>
              {words.edit}
            </Button>
            <Button size="small" color="info" loading={remove.isPending} onClick={() => remove.mutate()}>
              {words.delete}
            </Button>
          </Box>
        )}
      </Box>
      {isEditing ? (
        <CommentForm
          label={words.editing}
          submit={words.save}
          initial={text}
          isPending={change.isPending}
          error={change.error}
          focusedTimes={1}
          onSubmit={(next) => change.mutateAsync(next)}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <Box component="p" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', maxWidth: '76ch' }}>
          <SeenText>{text}</SeenText>
        </Box>
      )}
      {remove.isError && <ErrorNote error={remove.error} />}
    </Box>
  );
}

interface CommentFormProps {
  label: string;
  submit: string;
  initial?: string;
  isPending: boolean;
  error: unknown;
  /** Takes the focus each time it grows. */
  focusedTimes: number;
  onSubmit: (text: string) => Promise<unknown>;
  onCancel?: () => void;
}

function CommentForm({
  label,
  submit,
  initial = '',
  isPending,
  error,
  focusedTimes,
  onSubmit,
  onCancel,
}: CommentFormProps) {
  const t = useMessages();
  const words = t.triage.comments;
  const [text, setText] = useState(initial);
  const [isChecked, setChecked] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (focusedTimes > 0) field.current?.focus();
  }, [focusedTimes]);
  const { length } = text.trim();
  const problem = length === 0 ? words.missing : length > LONGEST_COMMENT ? words.tooLong(LONGEST_COMMENT) : null;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (problem || isPending) return;
    onSubmit(text.trim()).then(
      () => {
        setText('');
        setChecked(false);
      },
      // Shown as `error`; what was written stays.
      () => undefined,
    );
  };
  return (
    <Box component="form" onSubmit={send} noValidate sx={{ display: 'grid', gap: 2, maxWidth: '76ch' }}>
      {error != null && <ErrorNote error={error} />}
      <TextArea
        label={label}
        value={text}
        onChange={setText}
        help={words.help}
        error={isChecked ? problem : null}
        inputRef={field}
      />
      <Box sx={{ display: 'flex', gap: 2 }}>
        <Button type="submit" variant="outlined" loading={isPending}>
          {submit}
        </Button>
        {onCancel && <Button onClick={onCancel}>{t.common.cancel}</Button>}
      </Box>
    </Box>
  );
}
