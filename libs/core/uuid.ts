const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the text is a uuid of any version, in either case. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
