import type { ReportDocument } from './document';
import type { Finding } from './finding';
import { conversions } from './rules/conversions';
import { countsOfLists } from './rules/counts-of-lists';
import { emptyCauses } from './rules/empty-causes';
import { floatResidues } from './rules/float-residues';
import { hundreds } from './rules/hundreds';
import { notHundred } from './rules/not-hundred';
import { ofNothing } from './rules/of-nothing';
import { proseRates } from './rules/prose-rates';
import { proseSums } from './rules/prose-sums';
import { risingFunnels } from './rules/rising-funnels';
import { scores } from './rules/scores';
import { shareSeries } from './rules/share-series';
import { swappedDigits } from './rules/swapped-digits';
import { tableRates } from './rules/table-rates';
import { tableSums } from './rules/table-sums';
import { twoUnits } from './rules/two-units';
import { twoValues } from './rules/two-values';
import { units } from './rules/units';
import { years } from './rules/years';

/** Each knows the document alone and says what does not hold. */
export const RULES: readonly ((document: ReportDocument) => Finding[])[] = [
  proseRates,
  shareSeries,
  tableRates,
  hundreds,
  notHundred,
  ofNothing,
  proseSums,
  tableSums,
  twoValues,
  swappedDigits,
  twoUnits,
  units,
  years,
  floatResidues,
  scores,
  emptyCauses,
  risingFunnels,
  countsOfLists,
  conversions,
];
