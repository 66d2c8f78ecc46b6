import type { Status } from '../../apps/web/src/api/answers';
import { firstAsked } from '../../apps/web/src/begin/first-asked';

const STATUS = { latestYear: '2024', root: 'A' } as Status;

function askedAt(address: string, status: Status = STATUS): string[] {
  return firstAsked('funnel', new URLSearchParams(address), status);
}

it.each([
  ['the latest year, where the address says nothing', '', '2024'],
  ['the period of the address', 'period=2023-Q1&org=A', '2023-Q1'],
  ['the latest year, where the period of the address is none', 'period=2023-13', '2024'],
])('asks early for %s', (_, address, period) =>
  expect(askedAt(address)).toEqual([
    `/metrics/values?period=${period}&org=A`,
    `/indicators/values?period=${period}&org=A`,
  ]),
);

it('asks early for no other org than the own, which may be out of reach', () => expect(askedAt('org=B')).toEqual([]));

it('asks early for nothing before anything is logged, whatever the address says', () =>
  expect(askedAt('period=2024', { ...STATUS, latestYear: null })).toEqual([]));
