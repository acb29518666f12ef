import type { ReactNode } from 'react';
import { cssToken, type Token } from '@/components/theme/tokens';
import type { Severity } from '@/lib/magics/types';

const COLOURS: Record<Severity, Token> = {
  critical: 'crit',
  high: 'vermMark',
  medium: 'ochreMark',
  low: 'naMark',
  info: 'naMark',
};

const DRAWINGS: Record<Severity, ReactNode> = {
  critical: (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" rx="2.5" fill="currentColor" />
      <path d="M8 4.5v4.3M8 11.3v.1" stroke="var(--elder-knockout)" strokeWidth="1.9" strokeLinecap="round" />
    </>
  ),
  high: (
    <>
      <rect x="2" y="9.5" width="3" height="4.5" rx=".7" fill="currentColor" />
      <rect x="6.5" y="6" width="3" height="8" rx=".7" fill="currentColor" />
      <rect x="11" y="2.5" width="3" height="11.5" rx=".7" fill="currentColor" />
    </>
  ),
  medium: (
    <>
      <rect x="2" y="9.5" width="3" height="4.5" rx=".7" fill="currentColor" />
      <rect x="6.5" y="6" width="3" height="8" rx=".7" fill="currentColor" />
      <rect x="11.5" y="3" width="2" height="10.5" rx=".5" fill="none" stroke="currentColor" strokeOpacity=".55" />
    </>
  ),
  low: (
    <>
      <rect x="2" y="9.5" width="3" height="4.5" rx=".7" fill="currentColor" />
      <rect x="7" y="6.5" width="2" height="7" rx=".5" fill="none" stroke="currentColor" strokeOpacity=".55" />
      <rect x="11.5" y="3" width="2" height="10.5" rx=".5" fill="none" stroke="currentColor" strokeOpacity=".55" />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="2.2" fill="currentColor" />
    </>
  ),
};

interface SeverityMarkProps {
  severity: Severity;
  size?: number;
  /** Only where no word stands beside it. */
  label?: string;
  /** On the filled chip the mark takes the chip's text colour. */
  isOnChip?: boolean;
}

/** Steps, never an outline: severities are told from statuses by their shape alone. */
export function SeverityMark({ severity, size = 13, label, isOnChip = false }: SeverityMarkProps) {
  const colour = isOnChip ? 'onCrit' : COLOURS[severity];
  const knockout = isOnChip ? 'crit' : 'onCrit';
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      style={{
        flex: 'none',
        display: 'block',
        color: cssToken(colour),
        ['--elder-knockout' as string]: cssToken(knockout),
      }}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      {DRAWINGS[severity]}
    </svg>
  );
}
