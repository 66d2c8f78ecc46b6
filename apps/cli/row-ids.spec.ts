import { isUuid } from '../../libs/core/uuid';
import { RowIds } from './row-ids';

const ROW = { kind: 'SampleCollected', org: 'A', occurredOn: '2024-06-01', note: '' };

describe('the id of a row without one', () => {
  it('is a UUID, and the same the next time', () => {
    const { id = '' } = new RowIds('june.csv').named(ROW);
    expect(isUuid(id)).toBe(true);
    expect(new RowIds('june.csv').named(ROW).id).toBe(id);
  });

  it('is the same wherever the columns stand, and whether an empty one stands there', () => {
    const moved = { occurredOn: '2024-06-01', quantity: '', org: 'A', kind: 'SampleCollected' };
    expect(new RowIds('june.csv').named(moved).id).toBe(new RowIds('june.csv').named(ROW).id);
  });

  it('is another for the same row once more, for other content and for another file', () => {
    const ids = new RowIds('june.csv');
    const all = [ids.named(ROW), ids.named(ROW), ids.named({ ...ROW, org: 'B' }), new RowIds('july.csv').named(ROW)];
    expect(new Set(all.map(({ id }) => id)).size).toBe(4);
  });

  it('is not needed where there is one', () =>
    expect(new RowIds('june.csv').named({ ...ROW, id: '42' }).id).toBe('42'));
});
