import type { OrgLevel } from '../database/org.entity';

/** The registry of the demonstration. No such province exists, and none of its cities. */
export const DEMONSTRATION_REGISTRY = {
  registryId: 1,
  nameZh: '示范省造血干细胞捐献者资料库',
  nameEn: 'Demonstration Province Haematopoietic Stem Cell Donor Registry',
  firstDay: '2023-01-01',
} as const;

export interface DemonstrationOrg {
  readonly org: string;
  readonly parent: string | null;
  readonly level: OrgLevel;
  readonly nameZh: string;
  readonly nameEn: string;
  /** Its share of the province's donors, in percent. */
  readonly size: number;
  /** How often people here say yes, against the province's mean of about 1. */
  readonly willingness: number;
}

const ROOT = 'SF';

function city(number: number, nameZh: string, nameEn: string, size: number, willingness: number): DemonstrationOrg {
  return {
    org: `${ROOT}${String(number).padStart(2, '0')}`,
    parent: ROOT,
    level: 'city',
    nameZh,
    nameEn,
    size,
    willingness,
  };
}

/** The registry first, then its cities: an org's place in this list is its number within the generator. */
export const DEMONSTRATION_ORGS: readonly DemonstrationOrg[] = [
  {
    org: ROOT,
    parent: null,
    level: 'registry',
    nameZh: DEMONSTRATION_REGISTRY.nameZh,
    nameEn: DEMONSTRATION_REGISTRY.nameEn,
    size: 0,
    willingness: 1,
  },
  city(1, '云麓市', 'Yunlu', 16, 1.05),
  city(2, '青渚市', 'Qingzhu', 11, 0.98),
  city(3, '望川市', 'Wangchuan', 9, 1.12),
  city(4, '锦岚市', 'Jinlan', 8.5, 0.9),
  city(5, '澜汀市', 'Lanting', 7.5, 1.0),
  city(6, '松屏市', 'Songping', 7, 0.94),
  city(7, '明渡市', 'Mingdu', 6.5, 1.08),
  city(8, '霁川市', 'Jichuan', 6, 1.02),
  city(9, '砚溪市', 'Yanxi', 5.5, 0.86),
  city(10, '枫浦市', 'Fengpu', 5, 1.1),
  city(11, '雁归市', 'Yangui', 5, 0.97),
  city(12, '星沚市', 'Xingzhi', 4.5, 1.04),
  city(13, '稻香市', 'Daoxiang', 4.5, 0.92),
  city(14, '竹沅市', 'Zhuyuan', 4, 1.15),
];

/** The numbers of the cities within `DEMONSTRATION_ORGS`. */
export const CITIES: readonly number[] = DEMONSTRATION_ORGS.map((_, number) => number).slice(1);

/** @throws {RangeError} when there is no such org */
export function demonstrationOrg(number: number): DemonstrationOrg {
  const org = DEMONSTRATION_ORGS[number];
  if (!org) throw new RangeError(`there is no org number ${number}`);
  return org;
}
