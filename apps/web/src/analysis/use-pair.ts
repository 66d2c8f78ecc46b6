import { MILESTONES, type MilestoneKey } from '../../../../libs/catalogue/milestones';
import { useAddress } from '../address';

/** Two points on the way of a request, the earlier first. */
export interface Pair {
  readonly from: string;
  readonly to: string;
}

/** Those that the address names, as far as they are points of the way in its order. */
export function usePair(from: MilestoneKey, to: MilestoneKey): Pair {
  const address = useAddress();
  const place = (key: string | undefined) => MILESTONES.findIndex((one) => one.key === key);
  const named = { from: address.from ?? from, to: address.to ?? to };
  return place(named.from) >= 0 && place(named.from) < place(named.to) ? named : { from, to };
}
