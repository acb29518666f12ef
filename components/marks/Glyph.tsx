import type { ReactNode } from 'react';
import type { MagicId } from '@/lib/magics/types';

const DRAWINGS: Record<MagicId, ReactNode> = {
  integrity: (
    <>
      <rect x="3" y="3.5" width="14" height="13" rx="2" />
      <path d="M10 3.5v2.6l-2 1.9 4 2.6-4 2.6 2 1.6v1.7" />
    </>
  ),
  tdd: (
    <>
      <path d="M10 2.8 16.4 5v4.7c0 3.6-2.5 6.2-6.4 7.6-3.9-1.4-6.4-4-6.4-7.6V5z" />
      <path d="m7.2 9.9 2.1 2.1 3.7-4" />
    </>
  ),
  flow: (
    <>
      <circle cx="4.4" cy="4.8" r="1.9" />
      <circle cx="15.6" cy="15.2" r="1.9" />
      <path d="M6.3 4.8h6.2a2.6 2.6 0 0 1 0 5.2h-5a2.6 2.6 0 0 0 0 5.2h6.2" />
    </>
  ),
  strict: (
    <>
      <rect x="2.8" y="2.8" width="14.4" height="14.4" rx="1.6" />
      <rect x="5.9" y="5.9" width="8.2" height="8.2" rx="1" />
      <path d="M8.9 8.9h2.2v2.2H8.9z" />
    </>
  ),
  git: (
    <>
      <path d="M6 3h9.2a1.8 1.8 0 0 1 0 3.6H14v8.6A1.8 1.8 0 0 1 12.2 17H4.8a1.8 1.8 0 0 1 0-3.6H6z" />
      <path d="M9 6.6h2.2M9 9.8h2.2M6 13.4h6.2" />
    </>
  ),
  sages: (
    <>
      <circle cx="10" cy="10" r="2.6" />
      <circle cx="10" cy="3.9" r="1.5" />
      <circle cx="16.1" cy="10" r="1.5" />
      <circle cx="10" cy="16.1" r="1.5" />
      <circle cx="3.9" cy="10" r="1.5" />
    </>
  ),
  servant: (
    <>
      <path d="M8 2.6h4M8 17.4h4M10 2.6v2M10 15.4v2" />
      <rect x="5" y="4.6" width="10" height="10.8" rx="4.4" />
      <path d="M5.2 8.3h9.6M5.2 11.7h9.6" />
    </>
  ),
  predictive: (
    <>
      <circle cx="15" cy="5" r="2.2" />
      <path d="M2.8 14.2 6.2 11" />
      <path d="m8.1 9.9 1.7.9M11.2 9.9l1.9-2.4" />
      <path d="M2.8 17.2h14.4" />
    </>
  ),
};

interface GlyphProps {
  magic: MagicId;
  size?: number;
  /** Only where no name stands beside it. */
  label?: string;
}

/** A magic's line drawing, in the colour of the text around it. */
export function Glyph({ magic, size = 16, label }: GlyphProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.45"
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none', display: 'block' }}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      {DRAWINGS[magic]}
    </svg>
  );
}
