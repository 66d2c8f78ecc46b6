import { findOnPath } from '../bench/on-path';

/** The system's own, if it has one. */
export const REDIS_SERVER = findOnPath('redis-server');
export const CHROMIUM = findOnPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');

/** Skipped, and said so, where there is no Redis; under CI that is a failure. */
export const describeWithRedis = describeNeeding('redis-server', REDIS_SERVER);

/** Skipped, and said so, where there is no Chromium; under CI that is a failure. */
export const describeWithChromium = describeNeeding('chromium', CHROMIUM);

function describeNeeding(program: string, found: string | undefined) {
  return (name: string, tests: () => void): void => {
    if (found) return describe(name, tests);
    if (process.env.CI === 'true') {
      return describe(name, () => {
        it(`finds ${program}`, () => {
          throw new Error(`${program} is not on the PATH, and under CI nothing is skipped.`);
        });
      });
    }
    process.stderr.write(`skipped, for ${program} is not on the PATH: ${name}\n`);
    describe.skip(name, tests);
  };
}
