import { useFormat, useMessages } from '@/components/i18n/LocaleProvider';
import { cssToken, type Token } from '@/components/theme/tokens';
import type { RuleResultView } from '@/lib/schemas/magics';
import { rangePlace } from './range-place';
import { valueText } from './value-text';

/** The measured value on its line from full points to none; its label says the same in words. */
export function RangeMark({ result, width = 72 }: { result: RuleResultView; width?: number }) {
  const t = useMessages();
  const format = useFormat();
  const { value, good, bad } = result;
  if (value === null || good === null || bad === null) return null;
  const show = (number: number) => valueText(number, result, format);
  const isHigherBetter = good > bad;
  const x = (place: number) => (place / 100) * width;
  const [left, right]: [Token, Token] = isHigherBetter ? ['vermMark', 'mossMark'] : ['mossMark', 'vermMark'];
  return (
    <svg
      width={width}
      height={12}
      viewBox={`0 0 ${width} 12`}
      role="img"
      aria-label={t.magic.range(show(value), show(good), show(bad))}
      style={{ display: 'block', flex: 'none' }}
    >
      <rect x={0} y={5} width={x(25)} height={2} fill={cssToken(left)} />
      <rect x={x(25)} y={5} width={x(50)} height={2} fill={cssToken('track')} />
      <rect x={x(75)} y={5} width={x(25)} height={2} fill={cssToken(right)} />
      <rect x={x(rangePlace(value, { good, bad })) - 1.5} y={1} width={3} height={10} rx={1} fill={cssToken('text')} />
    </svg>
  );
}
