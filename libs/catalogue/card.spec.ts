import { cardsOf } from './card';
import { compareVersions } from './card-comparison';
import { effectiveDefinitions } from './effective';
import { INDICATORS } from './indicators';
import { METRICS } from './metrics';

const CHOSEN = effectiveDefinitions([
  { number: 1, key: 'stock', choice: 'gross', since: '2024-04' },
  { number: 2, key: 'volunteer_agreement', choice: 'hr_typing', since: '2024-06' },
]);
const cards = new Map(cardsOf(CHOSEN).map((card) => [card.key, card]));

/** Every text of a card in both languages. */
function textsOf(value: unknown): { zh: string; en: string }[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  if ('zh' in value && 'en' in value) return [value as { zh: string; en: string }];
  return Object.values(value).flatMap(textsOf);
}

describe('a card', () => {
  it('is there for every metric and indicator', () => {
    expect([...cards.keys()]).toEqual([...METRICS, ...INDICATORS].map(({ key }) => key));
  });

  it('says everything in Chinese and in English', () => {
    for (const card of cards.values()) {
      for (const { zh, en } of textsOf(card)) {
        expect([card.key, zh]).toEqual([card.key, expect.stringMatching(/[\u4e00-\u9fff]/)]);
        expect([card.key, en]).toEqual([card.key, expect.stringMatching(/^[^\u4e00-\u9fff]+$/)]);
        expect(zh + en).not.toContain('undefined');
      }
    }
  });

  it('says how it is reckoned, how it adds up and where it is from', () => {
    for (const { versions, addsUp, source } of cards.values()) {
      expect(versions.length).toBeGreaterThan(0);
      expect(textsOf([addsUp, source.entries, versions.map(({ formula }) => formula)])).toHaveLength(
        2 + versions.length,
      );
    }
    expect(cards.get('registry.stock_eop')?.versions[0]?.formula).toEqual({
      zh: '自建账起至期末累计：期初库容 + 入库 − 退库 + 捐献者转移（转入） − 捐献者转移（转出）',
      en: expect.stringContaining(' − donor withdrawn + donor transferred (in)'),
    });
  });

  it('says which setting chooses, with its default, and which choice made which version', () => {
    const stock = cards.get('registry.stock_eop');
    expect(stock?.setting).toMatchObject({ key: 'stock', default: 'net' });
    expect(stock?.versions.map(({ name, since, until, madeBy }) => [name, since, until, madeBy?.choice])).toEqual([
      ['1', null, '2024-04', undefined],
      ['1.1', '2024-04', null, 'gross'],
    ]);
  });

  it('tells two versions apart', () => {
    expect(compareVersions(cards.get('registry.stock_eop')!, '1,1.1')).toMatchObject({
      added: [],
      removed: [{ label: { zh: '退库' }, times: '-1' }],
      parts: [],
    });
    expect(compareVersions(cards.get('rate.volunteer_agree')!, '1,1002').parts).toEqual([
      { part: 'numerator', from: 'match.screen_agreed', to: 'match.hr_agreed' },
      { part: 'denominator', from: 'match.screen_requested', to: 'match.hr_requested' },
    ]);
  });

  it.each(['1', '1,7', '', '1,1,1'])('has no versions “%s” to compare', (versions) => {
    expect(() => compareVersions(cards.get('registry.stock_eop')!, versions)).toThrow(/1、1.1/);
  });
});
