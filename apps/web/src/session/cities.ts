export interface City {
  code: string;
  nameZh: string;
}

/**
 * The cities of a list, one a line: a code and a name as they are typed or come from a spreadsheet, or a name alone,
 * which gets the registry's code and the next number that is free.
 */
export function citiesOf(text: string, registryCode: string): City[] {
  const lines = text
    .normalize('NFKC')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, code = '', name = ''] = /^(?:([A-Za-z][A-Za-z0-9]*)(?:[\s,;、:]+|$))?(.*)$/.exec(line) ?? [];
      return { code: code.toUpperCase(), nameZh: name.replace(/[\s,;、]+$/, '') };
    });
  const taken = new Set(lines.map(({ code }) => code));
  let next = 1;
  return lines.map(({ code, nameZh }) => {
    if (code !== '') return { code, nameZh };
    const numbered = () => `${registryCode}${String(next).padStart(2, '0')}`;
    while (taken.has(numbered())) next += 1;
    taken.add(numbered());
    return { code: numbered(), nameZh };
  });
}
