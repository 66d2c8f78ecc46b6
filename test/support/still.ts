/** How walks look at the page: what opens is there at once, so that no press falls on what is still moving. */
export const STILL = { reducedMotion: 'reduce' } as const;
