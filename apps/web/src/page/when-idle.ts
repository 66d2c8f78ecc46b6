/** Long enough for what the page begins with to be shown. */
const A_WHILE_MS = 2_000;

/** Does what can wait once the page is shown and the browser has nothing else to do. Gives back how to let it be. */
export function whenIdle(act: () => void): () => void {
  const timer = setTimeout(() => {
    // Not every browser tells.
    if ('requestIdleCallback' in window) requestIdleCallback(act);
    else act();
  }, A_WHILE_MS);
  return () => clearTimeout(timer);
}
