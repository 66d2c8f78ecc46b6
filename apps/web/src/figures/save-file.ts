/** Hands a file to whoever looks at the page. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The heading of the card that something stands in. */
export function headingOf(element: Element | null): string | undefined {
  return element?.closest('.card')?.querySelector('h2')?.textContent ?? undefined;
}
