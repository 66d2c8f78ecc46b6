import { checkUp } from './check-up';

const FIGURES = [
  { key: 'match.screen_requested', name: '初筛', value: '10008', unit: '人次' },
  { key: 'donation.completed', name: '捐献例数', value: '136', unit: '例' },
  { key: 'registry.recruited', name: '招募人数', value: '12003', unit: '人' },
  { key: 'rate.annual_release', name: '年度出库率', value: '6.9', unit: '万分之' },
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

  it('may name a target in 万分之 behind its operator, and is told the rate that is not the ledger’s', () => {
    expect(told('2024年度总结\n目标：年度出库率≥万分之6；实现捐献≥120例。')).toEqual([]);
    expect(told('2024年度总结\n全年年度出库率万分之6。')).toEqual([['万分之6', '万分之6.9']]);
  });

  it('is held against nothing where there is no ledger', () => {
    expect(checkUp('2024年度总结\n全年初筛10006人。').findings).toEqual([]);
  });
});
