import { findMisplaced } from './donor-place';

const event = (day: string, turn: 'arrives' | 'leaves' | 'stays', org: string) => ({ day, turn, org, kind: 'K' });

describe('where a donor stands', () => {
  it('is where the donor was enrolled, until a transfer', () => {
    const enrolled = event('2024-01-01', 'arrives', 'A');
    expect(findMisplaced([enrolled, event('2024-02-01', 'leaves', 'A')])).toBeUndefined();
    expect(findMisplaced([enrolled, event('2024-02-01', 'leaves', 'B')])).toMatchObject({ stands: 'A' });
    expect(findMisplaced([enrolled, event('2024-02-01', 'stays', 'B')])).toMatchObject({ stands: 'A' });
  });

  it('changes within the day of a transfer', () => {
    const moved = [
      event('2024-01-01', 'arrives', 'A'),
      event('2024-02-01', 'arrives', 'B'),
      event('2024-02-01', 'leaves', 'A'),
    ];
    expect(findMisplaced(moved)).toBeUndefined();
    expect(findMisplaced([...moved, event('2024-02-01', 'stays', 'B')])).toBeUndefined();
    expect(findMisplaced([...moved, event('2024-02-02', 'leaves', 'A')])).toMatchObject({ stands: 'B' });
  });

  it('is nowhere between the two halves of a transfer', () => {
    const gone = [event('2024-01-01', 'arrives', 'A'), event('2024-02-01', 'leaves', 'A')];
    expect(findMisplaced([...gone, event('2024-02-03', 'leaves', 'A')])).toMatchObject({ stands: null });
  });

  it('is not known of a donor who was listed before the ledger began', () => {
    expect(findMisplaced([event('2024-02-01', 'leaves', 'A')])).toBeUndefined();
    const moved = [event('2024-02-01', 'leaves', 'A'), event('2024-02-01', 'arrives', 'B')];
    expect(findMisplaced([...moved, event('2024-03-01', 'leaves', 'A')])).toMatchObject({ stands: 'B' });
  });
});
