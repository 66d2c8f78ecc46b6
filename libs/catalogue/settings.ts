import type { IndicatorMeaning } from './indicator-definition';
import type { IndicatorKey } from './indicators';
import { label, type Label } from './label';
import type { MetricMeaning } from './metric-definition';
import type { MetricKey } from './metrics';

/** One of the meanings that an office may choose; the first of a setting is the one that the definitions have. */
export interface ChoiceOfSetting {
  readonly code: string;
  readonly label: Label;
  /** What the figures count where this is chosen. */
  readonly effect: Label;
  readonly metrics?: { readonly [key in MetricKey]?: MetricMeaning };
  readonly indicators?: { readonly [key in IndicatorKey]?: IndicatorMeaning };
}

/** A question that the reports leave open: each office says from which month on it answers it how (R15). */
export interface SettingDefinition {
  readonly key: string;
  readonly label: Label;
  readonly choices: readonly [ChoiceOfSetting, ...ChoiceOfSetting[]];
}

/** The donor-side reasons for which a request is lost though nobody refused. */
const LOST_OTHERWISE = [
  ...(['DO', 'DD', 'MR', 'MR_PREGNANCY', 'TX', 'MO', 'MO_AWAY', 'UC', 'TQ', 'MM', 'EX', 'UK', 'OT'] as const),
];

export const SETTINGS = [
  {
    key: 'hr_agreed',
    label: label('高分同意：何时的同意', 'agreed at high-resolution typing: agreed when'),
    choices: [
      {
        code: 'to_be_sampled',
        label: label('同意采集高分样本', 'to be sampled'),
        effect: label(
          '答复高分请求时表示同意的人次。',
          'Requests to which the donor agreed when asked for the sample.',
        ),
      },
      {
        code: 'after_match',
        label: label('高分结果相合、继续捐献程序', 'after a matching result'),
        effect: label(
          '同意采样且高分结果相合的人次，按结果日期计。',
          'Requests whose typing was concluded as a match, by the day of the result.',
        ),
        metrics: { 'match.hr_agreed': { counts: [{ kind: 'HrTypingConcluded', outcome: 'match' }] } },
      },
    ],
  },
  {
    key: 'revisited',
    label: label('入库回访：是否计未联系上的', 're-contact: whether attempts count'),
    choices: [
      {
        code: 'attempts',
        label: label('联系过即计', 'every attempt'),
        effect: label(
          '本期联系过的志愿者，未联系上的也计。',
          'Volunteers whom anybody tried to contact, reached or not.',
        ),
      },
      {
        code: 'reached',
        label: label('联系上才计', 'only who was reached'),
        effect: label(
          '本期联系上本人的志愿者，不论是否愿意。',
          'Volunteers who were reached themselves, willing or not.',
        ),
        metrics: {
          'retention.revisited': {
            counts: [
              { kind: 'RetentionContacted', outcome: 'confirmed' },
              { kind: 'RetentionContacted', outcome: 'reached' },
              { kind: 'RetentionContacted', outcome: 'unwilling' },
              { kind: 'RetentionContacted', outcome: 'withdrawn' },
            ],
          },
        },
      },
      {
        code: 'confirmed',
        label: label('联系上且愿意才计', 'only who is willing'),
        effect: label('本期联系上且仍愿意捐献的志愿者。', 'Volunteers who were reached and are willing still.'),
        metrics: { 'retention.revisited': { counts: [{ kind: 'RetentionContacted', outcome: 'confirmed' }] } },
      },
    ],
  },
  {
    key: 'confirmed_contact',
    label: label('有效回访：是否须表示愿意', 'effective contact: whether willingness is needed'),
    choices: [
      {
        code: 'willing',
        label: label('联系上且愿意', 'reached and willing'),
        effect: label('联系上且仍愿意捐献的志愿者。', 'Volunteers who were reached and are willing still.'),
      },
      {
        code: 'reached',
        label: label('联系上即可', 'reached'),
        effect: label('联系上且未要求退库的志愿者，未表态的也计。', 'Volunteers reached who are willing or undecided.'),
        metrics: {
          'retention.confirmed': {
            counts: [
              { kind: 'RetentionContacted', outcome: 'confirmed' },
              { kind: 'RetentionContacted', outcome: 'reached' },
            ],
          },
        },
      },
    ],
  },
  {
    key: 'volunteer_agreement',
    label: label('报名志愿者同意率：按哪一环节', 'volunteer agreement rate: at which stage'),
    choices: [
      {
        code: 'first_mobilisation',
        label: label('初筛', 'first mobilisation'),
        effect: label('初筛同意 ÷ 初筛。', 'Agreed at the first mobilisation of those asked then.'),
      },
      {
        code: 'second_mobilisation',
        label: label('再动员', 'second mobilisation'),
        effect: label('再动员同意 ÷ 再动员。', 'Agreed at the second mobilisation of those asked then.'),
        indicators: {
          'rate.volunteer_agree': {
            numerator: 'match.remobilise_agreed',
            denominator: 'match.remobilise_requested',
          },
        },
      },
      {
        code: 'hr_typing',
        label: label('高分辨', 'high-resolution typing'),
        effect: label('高分同意 ÷ 高分辨。', 'Agreed at high-resolution typing of those asked then.'),
        indicators: {
          'rate.volunteer_agree': { numerator: 'match.hr_agreed', denominator: 'match.hr_requested' },
        },
      },
    ],
  },
  {
    key: 'attrition',
    label: label('流失率：哪些关闭算流失', 'attrition rate: which closings are losses'),
    choices: [
      {
        code: 'beyond_will',
        label: label('联系不上、迁移、超龄、健康原因', 'unreachable, moved, over age, medical'),
        effect: label(
          '因联系不上、迁移外出、超龄或健康原因关闭的请求。',
          'Requests closed because the donor was unreachable, away, over age or medically unsuitable.',
        ),
      },
      {
        code: 'all_but_refusal',
        label: label('捐献者方面除不愿意外的一切原因', 'every donor-side reason but refusal'),
        effect: label(
          '捐献者方面原因关闭的请求，不含本人不愿意、家属反对、时间冲突。',
          'Requests closed on the donor side, but for unwillingness, family or time.',
        ),
        metrics: {
          'match.closed_lost': {
            counts: [{ kind: 'RequestClosed', outcome: 'donor_side', reasons: LOST_OTHERWISE }],
          },
        },
      },
      {
        code: 'donor_side',
        label: label('捐献者方面的一切原因', 'every donor-side reason'),
        effect: label('捐献者方面原因关闭的一切请求。', 'All requests closed on the donor side.'),
        metrics: { 'match.closed_lost': { counts: [{ kind: 'RequestClosed', outcome: 'donor_side' }] } },
      },
    ],
  },
  {
    key: 'retraction',
    label: label('反悔率：什么算反悔', 'retraction rate: what a retraction is'),
    choices: [
      {
        code: 'declared',
        label: label('登记为悔捐的', 'what was logged as one'),
        effect: label('登记了悔捐的请求。', 'Requests with a retraction logged.'),
      },
      {
        code: 'later_refusal',
        label: label('初筛同意后在任一环节拒绝的也算', 'refusing at any later stage too'),
        effect: label(
          '登记了悔捐，或初筛同意后在再动员、高分辨时拒绝的请求。',
          'Requests with a retraction, or refused at the second mobilisation or the typing after agreeing at first.',
        ),
        metrics: {
          'match.cases_retracted': {
            counts: [
              { kind: 'DonorRetracted' },
              { kind: 'RemobiliseAnswered', outcome: 'refused' },
              { kind: 'HrTypingAnswered', outcome: 'refused' },
            ],
          },
        },
      },
    ],
  },
  {
    key: 'stock',
    label: label('库容：是否减去退库', 'registry stock: whether withdrawals are taken off'),
    choices: [
      {
        code: 'net',
        label: label('减去退库', 'net of withdrawals'),
        effect: label('期末在库的人份。', 'Records listed at the end of the period.'),
      },
      {
        code: 'gross',
        label: label('不减退库', 'withdrawals not taken off'),
        effect: label('历来入库的人份，退库的仍计在内。', 'Records listed at any time, those withdrawn included.'),
        metrics: {
          'registry.stock_eop': {
            counts: [
              { kind: 'OpeningStock' },
              { kind: 'DonorEnrolled' },
              { kind: 'DonorTransferred', outcome: 'in' },
              { kind: 'DonorTransferred', outcome: 'out', times: '-1' },
            ],
          },
        },
      },
    ],
  },
  {
    key: 'recruited_effective',
    label: label('招募有效志愿者：到哪一步算有效', 'effective volunteers recruited: effective from which step on'),
    choices: [
      {
        code: 'enrolled',
        label: label('已入库', 'listed'),
        effect: label('本期入库的志愿者。', 'Volunteers listed in the period.'),
      },
      {
        code: 'sampled',
        label: label('已采样', 'sampled'),
        effect: label('本期采样的志愿者，按份计。', 'Volunteers whose sample was taken in the period, by samples.'),
        metrics: { 'registry.recruited_effective': { counts: [{ kind: 'SampleCollected' }] } },
      },
    ],
  },
  {
    key: 'budget_adjustment',
    label: label('预算调整率：除以哪个预算数', 'budget adjustment rate: of which budget'),
    choices: [
      {
        code: 'initial',
        label: label('年初预算数', 'the initial budget'),
        effect: label(
          '预算调整数 ÷ 年初预算数；自评表预算表中的预算调整率也照此计算。',
          'The adjustment by the initial budget, also in the budget table of a self-assessment.',
        ),
      },
      {
        code: 'adjusted',
        label: label('调整预算数', 'the adjusted budget'),
        effect: label(
          '预算调整数 ÷ 调整预算数（全年预算数）；自评表预算表中的预算调整率也照此计算。',
          'The adjustment by the adjusted budget, also in the budget table of a self-assessment.',
        ),
        indicators: {
          'common.budget_adjustment_rate': {
            numerator: 'finance.budget_adjustment',
            denominator: 'finance.adjusted_budget',
          },
        },
      },
    ],
  },
] as const satisfies readonly SettingDefinition[];

export type SettingKey = (typeof SETTINGS)[number]['key'];

export const ALL_SETTINGS: readonly SettingDefinition[] = SETTINGS;

/** The setting that chooses among the meanings of a metric or an indicator, if there is one. */
export function settingOf(key: string): SettingDefinition | undefined {
  return ALL_SETTINGS.find(({ choices }) =>
    choices.some(({ metrics = {}, indicators = {} }) => key in metrics || key in indicators),
  );
}
