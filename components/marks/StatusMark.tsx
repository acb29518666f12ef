import { cssToken } from '@/components/theme/tokens';
import { type MarkStatus, STATUS_COLOURS, STATUS_DRAWINGS } from './status-drawings';

interface StatusMarkProps {
  status: MarkStatus;
  size?: number;
  /** Only where no word stands beside it. */
  label?: string;
}

/** The outline of a status: a shape of its own for each, so colour is never needed. */
export function StatusMark({ status, size = 14, label }: StatusMarkProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      style={{
        flex: 'none',
        display: 'block',
        color: cssToken(STATUS_COLOURS[status]),
        ['--elder-knockout' as string]: cssToken('surface'),
      }}
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      {STATUS_DRAWINGS[status]}
    </svg>
  );
}
