import { useLayoutEffect, useState, type RefObject } from 'react';

const BEYOND = 12;

/** Which rows of a long list with rows of one height are in sight of its scroller, with some beyond both ends. */
export function useWindow(scroller: RefObject<HTMLElement | null>, rowHeight: number, count: number) {
  const [{ top, height }, setPlace] = useState({ top: 0, height: 600 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => setPlace({ top: element.scrollTop, height: element.clientHeight });
    look();
    element.addEventListener('scroll', look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, [scroller]);
  const first = Math.max(0, Math.min(count, Math.floor(top / rowHeight) - BEYOND));
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + BEYOND);
  return { first, last };
}
