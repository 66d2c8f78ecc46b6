import { checkUp } from './check-up';

const FIGURES = [
  { key: 'match.screen_requested', name: '初筛', value: '10008', unit: '人次' },
  { key: 'donation.completed', name: '捐献例数', value: '136', unit: '例' },
  { key: 'registry.recruited', name: '招募人数', value: '12003', unit: '人' },
];

function told(text: string): [string, string | null][] {
  return checkUp(text, FIGURES)
    .findings.filter((finding) => finding.class === 'ledger')
    .map(({ found, expected }) => [found, expected]);
}

describe('a report held against the ledger', () => {
  it('is told each number that the ledger counts otherwise', () => {
    expect(told('2024年度总结\n全年初筛10006人，实现造血干细胞捐献138例。')).toEqual([
      ['10006人', '10008人'],
      ['138例', '136例'],
    ]);
  });

  it('may round, and may speak of other years, targets and places', () => {
    expect(
      told('2024年度总结\n完成志愿者招募1.2万人，捐献136例。上年捐献121例，计划捐献150例。长沙市捐献30例。'),
    ).toEqual([]);
  });

  it('is held against nothing where there is no ledger', () => {
    expect(checkUp('2024年度总结\n全年初筛10006人。').findings).toEqual([]);
  });
});
