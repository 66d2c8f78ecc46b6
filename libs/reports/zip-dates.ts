const END = 0x06054b50;
const END_LENGTH = 22;
const HEADER_LENGTH = 46;
const FIRST_DAY_OF_1980 = 0x0021;

/**
 * Sets the date of every file inside a zip (without a comment, as ours are) to 1980-01-01, in place: the writer stamps
 * them with the clock, and the same workbook must have the same bytes.
 */
export function clearZipDates(zip: Buffer): Buffer {
  const end = zip.length - END_LENGTH;
  if (zip.readUInt32LE(end) !== END) throw new Error('not a zip without a comment');
  let header = zip.readUInt32LE(end + 16);
  for (let files = zip.readUInt16LE(end + 10); files > 0; files--) {
    setDate(zip, header + 12);
    setDate(zip, zip.readUInt32LE(header + 42) + 10);
    const variable = zip.readUInt16LE(header + 28) + zip.readUInt16LE(header + 30) + zip.readUInt16LE(header + 32);
    header += HEADER_LENGTH + variable;
  }
  return zip;
}

function setDate(zip: Buffer, at: number): void {
  zip.writeUInt16LE(0, at);
  zip.writeUInt16LE(FIRST_DAY_OF_1980, at + 2);
}
