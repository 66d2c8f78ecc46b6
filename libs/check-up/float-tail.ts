import { decimal, plain, round } from '../core/decimal';

/** From so many decimals on a number is what binary arithmetic left. */
export const DECIMALS_OF_A_TAIL = 11;

/** A number without the tail that binary arithmetic left: as few decimals as come within a millionth. */
export function withoutTail(printed: string): string {
  const value = decimal(printed);
  for (let decimals = 0; decimals < 5; decimals++) {
    const rounded = round(value, decimals);
    if (decimal(rounded).minus(value).abs().lt(decimal('0.000001'))) return plain(rounded);
  }
  return round(value, 2);
}
