import { cssToken } from '@/components/theme/tokens';

/** The product's mark: 古 cut in a seal. */
export function Seal({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" style={{ flex: 'none', display: 'block' }} aria-hidden>
      <rect width="24" height="24" rx="5.5" fill={cssToken('seal')} />
      <path
        d="M4.6 8.6h14.8M12 4v8.2M7.2 12.2h9.6v7H7.2z"
        fill="none"
        stroke={cssToken('onSeal')}
        strokeWidth="1.9"
        strokeLinecap="square"
        strokeLinejoin="miter"
      />
    </svg>
  );
}
