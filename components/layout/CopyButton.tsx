'use client';

import IconButton from '@mui/material/IconButton';
import { useEffect, useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';

const SAID_MS = 2_000;

/** Copies `value`; `label` names what is copied. Says so for two seconds. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const t = useMessages();
  const [isCopied, setCopied] = useState(false);

  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <>
      <IconButton
        aria-label={`${t.common.copy}: ${label}`}
        title={isCopied ? t.common.copied : t.common.copy}
        onClick={() => void copy()}
        sx={{ width: 24, height: 24 }}
      >
        <Icon name={isCopied ? 'check' : 'copy'} size={14} />
      </IconButton>
      <span className="elder-hidden" role="status">
        {isCopied ? t.common.copied : ''}
      </span>
    </>
  );
}
