'use client';

import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Paper from '@mui/material/Paper';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { useMessages } from '@/components/i18n/LocaleProvider';
import { Icon } from '@/components/marks/Icon';

const SHOWN_MS = 10_000;

export interface Toast {
  text: string;
  /** What one button does, most often Undo. */
  action?: { label: string; run: () => void };
}

const ToastContext = createContext<((toast: Toast) => void) | null>(null);

/** One message at a time at the lower edge; it waits while pointed at or focused. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<(Toast & { id: number }) | null>(null);
  const [isHeld, setHeld] = useState(false);
  const show = useCallback((next: Toast) => setToast((last) => ({ ...next, id: (last?.id ?? 0) + 1 })), []);
  const t = useMessages();

  useEffect(() => {
    if (!toast || isHeld) return;
    const timer = setTimeout(() => setToast(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, isHeld]);

  const close = () => {
    setToast(null);
    setHeld(false);
  };
  return (
    <ToastContext value={show}>
      {children}
      <Box role="status" aria-live="polite" sx={PLACE}>
        {toast && (
          <Paper
            key={toast.id}
            onMouseEnter={() => setHeld(true)}
            onMouseLeave={() => setHeld(false)}
            onFocus={() => setHeld(true)}
            onBlur={() => setHeld(false)}
            sx={CARD}
          >
            <Box component="span" sx={{ flex: 1, minWidth: 0 }}>
              {toast.text}
            </Box>
            {toast.action && (
              <Button
                size="small"
                color="info"
                onClick={() => {
                  toast.action?.run();
                  close();
                }}
              >
                {toast.action.label}
              </Button>
            )}
            <IconButton aria-label={t.common.close} onClick={close}>
              <Icon name="close" size={14} />
            </IconButton>
          </Paper>
        )}
      </Box>
    </ToastContext>
  );
}

/** Shows a message for ten seconds. */
export function useToast(): (toast: Toast) => void {
  const show = useContext(ToastContext);
  if (!show) throw new Error('ToastProvider is missing above this component');
  return show;
}

const PLACE = {
  position: 'fixed',
  zIndex: 'snackbar',
  insetInline: 0,
  // Clear of the bars at the lower edge, which act on what the message is about.
  bottom: { xs: 132, md: 24 },
  display: 'flex',
  justifyContent: { xs: 'center', md: 'flex-start' },
  pl: { xs: 4, md: '72px', lg: '232px' },
  pr: 4,
  pointerEvents: 'none',
  // On phones the buttons of a dialog are at the lower edge too.
  '@media (max-width: 899.95px)': { 'body:has([role="dialog"]) &': { bottom: 'auto', top: 12 } },
} as const;

const CARD = {
  pointerEvents: 'auto',
  display: 'flex',
  alignItems: 'center',
  gap: 2,
  minHeight: 44,
  maxWidth: 560,
  pl: 4,
  pr: 2,
  borderRadius: '8px',
  bgcolor: 'elder.raised',
  border: 1,
  borderColor: 'divider',
  boxShadow: 'var(--elder-shadow)',
} as const;
