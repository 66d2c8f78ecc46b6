const IN_THOUSANDS = /^\d{1,3}(,\d{3})+(\.\d+)?$/;

/** A number without thousands separators and without noughts at its end; anything else as it is. */
export function readNumber(text: string): string {
  const plain = IN_THOUSANDS.test(text) ? text.replaceAll(',', '') : text;
  return /^\d+\.\d+$/.test(plain) ? plain.replace(/\.?0+$/, '') : plain;
}
