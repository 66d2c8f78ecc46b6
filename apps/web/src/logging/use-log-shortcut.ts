import { useEffect, useEffectEvent } from 'react';

const TYPED_INTO = 'input, textarea, select, [contenteditable], [role="combobox"], [role="dialog"]';

/** The key N opens the form, unless one is typing or a dialog is open. */
export function useLogShortcut(may: boolean, log: () => void): void {
  const open = useEffectEvent((event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'n' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (
      (event.target as Element | null)?.closest(TYPED_INTO) ||
      document.querySelector('[role="dialog"]')?.checkVisibility()
    )
      return;
    event.preventDefault();
    log();
  });
  useEffect(() => {
    if (!may) return;
    window.addEventListener('keydown', open);
    return () => window.removeEventListener('keydown', open);
  }, [may]);
}
