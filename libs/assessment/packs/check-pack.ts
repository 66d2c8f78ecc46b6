import { label } from '../../catalogue/label';
import { decimal } from '../../core/decimal';
import { ContentReader } from '../content-reader';
import type { Grade, QualitativeBand, RulePack, TierWeight } from '../rule-packs';

const WHAT = label('评分规则', 'rule pack');
const LEVELS = ['reached', 'partly', 'not_reached'] as const;
const GRADES = ['excellent', 'good', 'medium', 'poor'] as const;
const CAUSES = ['missed', 'beyond', 'not_fully_reached', 'low_execution'] as const;
const PERCENT = [/^-?\d{1,6}(\.\d{1,6})?%$/, '应为百分数，如 "100%"。', 'must be a per cent such as "100%".'] as const;

/**
 * An office's own rule pack from outside.
 * @throws {ContentRefused} naming the field and what is wrong
 */
export function checkPack(content: unknown): RulePack {
  const reader = new ContentReader(WHAT, content);
  const read = reader.fields(
    ...(['code', 'version', 'since', 'label', 'weights', 'lowerBetterMissed', 'equals', 'zeroTargetMissed'] as const),
    ...(['overAchieved', 'deviation', 'bands', 'grades', 'causeWhen', 'causeBeyond'] as const),
    ...(['causeBelowExecution', 'assumptions'] as const),
  );
  const over = read.overAchieved.fields('beyond', 'then');
  const printed = read.deviation.fields('decimals', 'zeroTarget', 'same');
  return {
    code: read.code.code(),
    version: read.version.whole(1, 1_000_000),
    since: read.since.year(),
    label: read.label.label(),
    weights: read.weights.orNull(weightsOf),
    lowerBetterMissed: read.lowerBetterMissed.oneOf(['ratio', 'linear']),
    equals: read.equals.oneOf(['upwards', 'only_equal']),
    zeroTargetMissed: read.zeroTargetMissed.number('0', '100'),
    overAchieved: { beyond: over.beyond.number('0', '10000'), then: over.then.oneOf(['cause', 'reduce']) },
    deviation: {
      decimals: printed.decimals.whole(0, 6),
      zeroTarget: printed.zeroTarget.matching(...PERCENT),
      same: printed.same.matching(...PERCENT),
    },
    bands: bandsOf(read.bands),
    grades: gradesOf(read.grades),
    causeWhen: distinct(read.causeWhen, (each) => each.oneOf(CAUSES), CAUSES.length),
    causeBeyond: read.causeBeyond.number('0', '10000'),
    causeBelowExecution: read.causeBelowExecution.number('0', '100'),
    assumptions: read.assumptions.labels(),
  };
}

function weightsOf(reader: ContentReader): TierWeight[] {
  const seen = new Set<string>();
  const weights = reader.items(1, 20).map((each): TierWeight => {
    const read = each.fields('tier', 'of?', 'points');
    const tier = read.tier.text();
    const of = read.of.optional((tiers) => distinct(tiers, (one) => one.text(), 20));
    for (const one of of ?? [tier]) {
      if (seen.has(one)) each.refuse(`的“${one}”在别处已有分值。`, `gives points to "${one}" a second time.`);
      seen.add(one);
    }
    return { tier, ...(of && { of }), points: read.points.number('0', '100') };
  });
  const sum = weights.reduce((total, { points }) => total.plus(decimal(points)), decimal('0'));
  if (!sum.eq(100)) reader.refuse(`合计为 ${sum.toFixed()}，应为 100。`, `sum to ${sum.toFixed()}, not 100.`);
  return weights;
}

/** From 100 down to 0 without a gap. */
function bandsOf(reader: ContentReader): QualitativeBand[] {
  let edge = '100';
  return reader.items(LEVELS.length, LEVELS.length).map((each, at) => {
    const read = each.fields('level', 'label', 'from', 'to');
    const band = {
      level: read.level.oneOf([LEVELS[at]!]),
      label: read.label.label(),
      from: read.from.number('0', '100'),
      to: read.to.number('0', '100'),
    };
    if (!decimal(band.from).eq(decimal(edge))) {
      read.from.refuse(`应为 ${edge}，与上一等次相接。`, `must be ${edge}, where the band above ends.`);
    }
    const last = at === LEVELS.length - 1;
    if (!decimal(band.to).lt(decimal(band.from)) || (last && !decimal(band.to).isZero())) {
      read.to.refuse(last ? '应为 0。' : `应小于 ${band.from}。`, last ? 'must be 0.' : `must be below ${band.from}.`);
    }
    edge = band.to;
    return band;
  });
}

function gradesOf(reader: ContentReader): Grade[] {
  const items = reader.items(1, GRADES.length);
  const codes = new Set<string>();
  let above: string | null = null;
  return items.map((each, at) => {
    const read = each.fields('code', 'label', 'from');
    const grade = { code: read.code.oneOf(GRADES), label: read.label.text(), from: read.from.number('0', '100') };
    if (codes.has(grade.code)) read.code.refuse('重复。', 'stands twice.');
    codes.add(grade.code);
    if (above !== null && !decimal(grade.from).lt(decimal(above))) {
      read.from.refuse(`应小于上一等级的 ${above}。`, `must be below the ${above} of the grade above.`);
    }
    if (at === items.length - 1 && !decimal(grade.from).isZero()) {
      read.from.refuse('最低等级应从 0 起。', 'of the lowest grade must be 0.');
    }
    above = grade.from;
    return grade;
  });
}

function distinct<Read extends string>(reader: ContentReader, read: (each: ContentReader) => Read, atMost: number) {
  const found = reader.items(0, atMost).map(read);
  if (new Set(found).size !== found.length) reader.refuse('有重复项。', 'holds one twice.');
  return found;
}
