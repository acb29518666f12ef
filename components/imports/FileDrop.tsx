'use client';

import Box from '@mui/material/Box';
import { type DragEvent, useId, useState } from 'react';
import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';
import { StatusMark } from '@/components/marks/StatusMark';

interface FileDropProps {
  label: string;
  help: string;
  file: File | null;
  error: string | null;
  /** Kinds of files the system's own dialog offers first. */
  accept: string;
  onChoose: (file: File | null) => void;
}

/** One file, dropped here or chosen in the system's own dialog. The input is there for keyboards and screen readers. */
export function FileDrop({ label, help, file, error, accept, onChoose }: FileDropProps) {
  const t = useMessages();
  const format = useFormat();
  const id = useId();
  const [isOver, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const [first] = files ?? [];
    if (first) onChoose(first);
  };
  const over = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  return (
    <Box>
      <Box
        component="label"
        htmlFor={id}
        onDragOver={over}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        sx={{ ...ZONE, ...(isOver && OVER), ...(error && WRONG) }}
      >
        <input
          id={id}
          type="file"
          accept={accept}
          className="elder-hidden"
          aria-invalid={Boolean(error)}
          aria-describedby={error ? `${id}-error` : `${id}-help`}
          onChange={(event) => {
            take(event.target.files);
            // The same file, mended since, can be chosen again.
            event.target.value = '';
          }}
        />
        <Box component="span" sx={{ color: 'elder.text3', transform: 'rotate(180deg)', display: 'flex' }}>
          <Icon name="down" size={18} />
        </Box>
        <Box component="span" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <Box component="span" sx={{ display: 'block', fontWeight: 500 }}>
            {file ? file.name : label}
          </Box>
          <Box component="span" id={`${id}-help`} sx={{ display: 'block', typography: 'body2', color: 'elder.text3' }}>
            {file ? `${format.bytes(file.size)} · ${t.imports.upload.another}` : help}
          </Box>
        </Box>
      </Box>
      {error && (
        <Box id={`${id}-error`} role="alert" sx={LINE}>
          <Box component="span" sx={{ mt: '2px' }}>
            <StatusMark status="error" />
          </Box>
          {error}
        </Box>
      )}
    </Box>
  );
}

const ZONE = {
  position: 'relative',
  display: 'flex',
  alignItems: 'center',
  gap: 3,
  minHeight: 72,
  px: 4,
  py: 3,
  border: '1px dashed',
  borderColor: 'elder.lineStrong',
  borderRadius: '8px',
  cursor: 'pointer',
  '&:hover': { bgcolor: 'elder.hover' },
  '&:has(:focus-visible)': { outline: '2px solid var(--mui-palette-elder-accentMark)', outlineOffset: 2 },
} as const;

const OVER = { bgcolor: 'elder.accentSoft', borderColor: 'elder.accentMark', borderStyle: 'solid' } as const;
const WRONG = { borderColor: 'error.main' } as const;
const LINE = { display: 'flex', gap: '6px', mt: 1, typography: 'body2', color: 'error.main' } as const;
