export interface NumberRange {
  least?: number | undefined;
  most?: number | undefined;
  /** Its decimals are all that a number may have. */
  step?: number;
  isOptional?: boolean;
}

/** The number a text stands for, also with a decimal comma or full-width digits; undefined when it is none in the range. */
export function readNumber(
  text: string,
  { least, most, step = 1, isOptional = false }: NumberRange,
): number | null | undefined {
  const plain = text.normalize('NFKC').trim().replace(',', '.').replace('−', '-');
  if (plain === '') return isOptional ? null : undefined;
  if (!/^-?\d*\.?\d+$/.test(plain)) return undefined;
  const value = Number(plain);
  if (decimalsOf(plain) > decimalsOf(String(step))) return undefined;
  if ((least !== undefined && value < least) || (most !== undefined && value > most)) return undefined;
  return value;
}

/** One step further, within the range and without the dust of binary fractions. */
export function stepFrom(value: number | null, by: number, { least, most, step = 1 }: NumberRange): number {
  const digits = decimalsOf(String(step));
  const next = Number(((value ?? least ?? 0) + (value === null ? 0 : by)).toFixed(Math.max(digits, 2)));
  return Math.min(most ?? Number.POSITIVE_INFINITY, Math.max(least ?? Number.NEGATIVE_INFINITY, next));
}

/** Decimals of a written number that say something: none of "1.0". */
export function decimalsOf(number: string): number {
  return (number.split('.')[1] ?? '').replace(/0+$/, '').length;
}
