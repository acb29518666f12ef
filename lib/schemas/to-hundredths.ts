/** The nearest number of two decimals: 0.8999… is 0.9. */
export function toHundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
