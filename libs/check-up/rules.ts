import type { ReportDocument } from './document';
import type { Finding } from './finding';
import { conversions } from './rules/conversions';
import { completedTargets } from './rules/completed-targets';
import { countsOfLists } from './rules/counts-of-lists';
import { emptyCauses } from './rules/empty-causes';
import { floatResidues } from './rules/float-residues';
import { hundreds } from './rules/hundreds';
import { notHundred } from './rules/not-hundred';
import { ofNothing } from './rules/of-nothing';
import { products } from './rules/products';
import { proseRates } from './rules/prose-rates';
import { proseSums } from './rules/prose-sums';
import { risingFunnels } from './rules/rising-funnels';
import { scores } from './rules/scores';
import { shareSeries } from './rules/share-series';
import { swappedDigits } from './rules/swapped-digits';
import { tableProducts } from './rules/table-products';
import { tableRates } from './rules/table-rates';
import { tableSums } from './rules/table-sums';
import { textAgainstTables } from './rules/text-against-tables';
import { twoUnits } from './rules/two-units';
import { twoValues } from './rules/two-values';
import { units } from './rules/units';
import { untoldCauses } from './rules/untold-causes';
import { years } from './rules/years';

/** Each knows the document alone and says what does not hold. */
export const RULES: readonly ((document: ReportDocument) => Finding[])[] = [
  proseRates,
  shareSeries,
  completedTargets,
  tableRates,
  hundreds,
  notHundred,
  ofNothing,
  proseSums,
  tableProducts,
  tableSums,
  twoValues,
  swappedDigits,
  textAgainstTables,
  twoUnits,
  units,
  years,
  floatResidues,
  scores,
  emptyCauses,
  untoldCauses,
  risingFunnels,
  countsOfLists,
  conversions,
  products,
];
