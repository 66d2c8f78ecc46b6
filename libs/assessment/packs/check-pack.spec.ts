import { ContentRefused } from '../content-reader';
import { checkPack } from './check-pack';
import { DEFAULT_PACK } from './default-pack';
import { RULE_PACKS } from './shipped-packs';

/** As it would come from a file, with something else in its place. */
function changed(change: object): unknown {
  return JSON.parse(JSON.stringify({ ...DEFAULT_PACK, ...change }));
}

const [reached, partly, poor] = DEFAULT_PACK.bands;
const [first] = DEFAULT_PACK.grades;

describe('a rule pack from outside', () => {
  it.each(RULE_PACKS)('is read as it is: $code, whose weights sum to 100 where it has any', (pack) => {
    expect(checkPack(JSON.parse(JSON.stringify(pack)))).toEqual(pack);
    expect(pack.assumptions.length).toBeGreaterThan(0);
  });

  it('is of six jurisdictions, each under its own code', () => {
    expect(RULE_PACKS.map(({ code }) => code)).toEqual(['default', 'hunan', 'jiangsu', 'suzhou', 'hubei', 'sichuan']);
  });

  it.each<readonly [field: string, problem: string, change: object]>([
    ['', '缺少字段 code', { code: undefined }],
    ['', '不认识字段 weight', { weight: '1' }],
    ['code', '编码', { code: 'Hunan 2025' }],
    ['version', '1 至', { version: '2' }],
    ['since', '四位年份', { since: '24' }],
    ['label.zh', '不能为空', { label: { zh: ' ', en: 'x' } }],
    ['label.en', '控制字符', { label: { zh: '规则', en: 'a\nb' } }],
    ['weights', '合计为 90，应为 100', { weights: [{ tier: '产出指标', points: '90' }] }],
    ['weights[0].points', '0–100 之间', { weights: [{ tier: '产出指标', points: '1e2' }] }],
    ['weights[0].points', '写作文字', { weights: [{ tier: '产出指标', points: 100 }] }],
    [
      'weights[1]',
      '已有分值',
      {
        weights: [
          { tier: '产出指标', points: '50' },
          { tier: '绩效', of: ['产出指标'], points: '50' },
        ],
      },
    ],
    ['lowerBetterMissed', 'ratio、linear', { lowerBetterMissed: 'half' }],
    ['overAchieved.then', 'cause、reduce', { overAchieved: { beyond: '30', then: 'praise' } }],
    ['deviation.zeroTarget', '百分数', { deviation: { decimals: 2, zeroTarget: '很大', same: '0%' } }],
    ['bands', '3 至 3 项', { bands: [reached] }],
    ['bands[1].from', '应为 80', { bands: [reached, { ...partly, from: '70' }, poor] }],
    ['bands[2].to', '应为 0', { bands: [reached, partly, { ...poor, to: '10' }] }],
    ['bands[0].level', 'reached', { bands: [partly, reached, poor] }],
    ['grades[1].from', '小于上一等级', { grades: [first, { ...first, code: 'good' }] }],
    ['grades[0].from', '从 0 起', { grades: [first] }],
    ['grades[1].code', '重复', { grades: [first, { ...first, from: '0' }] }],
    ['causeWhen', '重复', { causeWhen: ['missed', 'missed'] }],
    ['causeWhen[0]', 'low_execution', { causeWhen: ['never'] }],
    ['causeBelowExecution', '0–100', { causeBelowExecution: '101' }],
  ])('is refused at %s: %s', (field, problem, change) => {
    expect(() => checkPack(changed(change))).toThrow(ContentRefused);
    expect(() => checkPack(changed(change))).toThrow(problem);
    expect(() => checkPack(changed(change))).toThrow(expect.objectContaining({ details: { field } }));
  });

  it.each([null, 'pack', [], 12])('is refused when it is no object: %j', (content) => {
    expect(() => checkPack(content)).toThrow('应为一组字段');
  });
});
