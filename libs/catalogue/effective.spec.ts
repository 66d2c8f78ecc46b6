import { effectiveDefinitions, nameOfVersion, timelineOf, type Chosen } from './effective';
import { changesWithin, inForceOf, versionAt, versionsOf } from './versions';

const CHOSEN: readonly Chosen[] = [
  { number: 1, key: 'revisited', choice: 'confirmed', since: '2024-04' },
  { number: 2, key: 'revisited', choice: 'attempts', since: '2024-09' },
  { number: 3, key: 'revisited', choice: 'reached', since: '2024-04' },
];

function revisited(chosen: readonly Chosen[]) {
  const { metrics, settings } = effectiveDefinitions(chosen);
  return { metric: metrics.find(({ key }) => key === 'retention.revisited')!, settings };
}

describe('the versions of a definition', () => {
  it('are one where nothing was chosen', () => {
    const { metric, settings } = revisited([]);
    expect([settings, versionsOf(metric).map(({ version }) => version)]).toEqual([0, [1]]);
    expect(inForceOf(metric).map(({ inForce }) => inForce)).toEqual([{ since: '-infinity', until: 'infinity' }]);
  });

  it('follow each other from month to month, the later choice of a month instead of the earlier', () => {
    const { metric, settings } = revisited(CHOSEN);
    expect(settings).toBe(3);
    expect(
      inForceOf(metric).map(({ version: { version }, inForce }) => [version, inForce.since, inForce.until]),
    ).toEqual([
      [1, '-infinity', '2024-04-01'],
      [1003, '2024-04-01', '2024-09-01'],
      [1002, '2024-09-01', 'infinity'],
    ]);
    expect(timelineOf('revisited', CHOSEN).map(({ number }) => number)).toEqual([3, 2]);
  });

  it.each([
    ['2023-12', 1, 1],
    ['2024-03', 1, 1],
    ['2024-04', 1003, 4],
    ['2024-08', 1003, 4],
    ['2024-09', 1002, 1],
  ])('%s is of version %i', (month, version, selections) => {
    const inForce = versionAt(revisited(CHOSEN).metric, month);
    expect([inForce.version, inForce.counts.length]).toEqual([version, selections]);
  });

  it('change within a period that begins before a version does', () => {
    const { metric } = revisited(CHOSEN);
    expect(changesWithin(metric, '2024-01', '2024-12').map(({ version, since }) => [version, since])).toEqual([
      [1003, '2024-04'],
      [1002, '2024-09'],
    ]);
    expect(changesWithin(metric, '2024-04', '2024-06')).toEqual([]);
  });

  it('keep their numbers whatever is chosen later', () => {
    const before = new Map(versionsOf(revisited(CHOSEN.slice(0, 2)).metric).map((one) => [one.version, one.counts]));
    for (const { version, counts } of versionsOf(revisited(CHOSEN).metric)) {
      if (before.has(version)) expect(counts).toEqual(before.get(version));
    }
    expect([1, 1003, 2010].map(nameOfVersion)).toEqual(['1', '1.3', '2.10']);
  });

  it('pass over a choice that the program no longer knows', () => {
    const unknown = { number: 4, key: 'revisited', choice: 'twice', since: '2025-01' };
    expect(versionsOf(revisited([...CHOSEN, unknown]).metric).map(({ version }) => version)).toEqual([1, 1003, 1002]);
  });
});
