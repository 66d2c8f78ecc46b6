/** A `content-disposition` for a file to keep: its name, and a plain one for programs that read no other (RFC 5987). */
export function attachment(plain: string, name: string): string {
  const extended = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${extended}`;
}
