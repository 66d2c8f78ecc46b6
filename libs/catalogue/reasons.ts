import { label, type Label } from './label';

export type ReasonCode = (typeof REASONS)[number]['code'];
export type ReasonSide = 'donor' | 'patient' | 'sample';

interface ReasonDefinition {
  readonly code: string;
  readonly side: ReasonSide;
  readonly label: Label;
}

/**
 * Why a request, a sample or a listing ended. Donor-side and patient-side codes follow the WMDA data dictionary
 * (D_STAT_REASON, REASON); the sub-codes of PR keep what Chinese registries tell apart.
 */
export const REASONS = [
  { code: 'DO', side: 'donor', label: label('超龄', 'over age') },
  { code: 'DD', side: 'donor', label: label('死亡', 'died') },
  { code: 'MR', side: 'donor', label: label('健康原因', 'medical') },
  { code: 'PR', side: 'donor', label: label('本人不愿意', 'personal: unwilling') },
  { code: 'PR_FAMILY', side: 'donor', label: label('家属反对', 'personal: family objects') },
  { code: 'PR_TIME', side: 'donor', label: label('时间冲突', 'personal: no time') },
  { code: 'TX', side: 'donor', label: label('已捐献保留', 'already donated') },
  { code: 'MO', side: 'donor', label: label('迁移外出', 'moved away') },
  { code: 'UC', side: 'donor', label: label('联系不上', 'cannot be contacted') },
  { code: 'TQ', side: 'donor', label: label('分型存疑', 'typing questionable') },
  { code: 'MM', side: 'donor', label: label('分型不符', 'HLA mismatch') },
  { code: 'OT', side: 'donor', label: label('其他（捐献者）', 'other, donor side') },
  { code: 'BCC', side: 'patient', label: label('患者病情恶化', 'condition worsened') },
  { code: 'PDC', side: 'patient', label: label('患者死亡', 'patient died') },
  { code: 'FND', side: 'patient', label: label('另有更合适供者', 'better donor found') },
  { code: 'STP', side: 'patient', label: label('停止检索', 'search stopped') },
  { code: 'TRX', side: 'patient', label: label('已移植', 'already transplanted') },
  { code: 'LAB', side: 'patient', label: label('实验室问题', 'laboratory problem') },
  { code: 'OTH', side: 'patient', label: label('其他（患者）', 'other, patient side') },
  { code: 'HAEMOLYSED', side: 'sample', label: label('溶血', 'haemolysed') },
  { code: 'INSUFFICIENT', side: 'sample', label: label('血量不足', 'too little blood') },
  { code: 'MISLABELLED', side: 'sample', label: label('标识不符', 'label does not agree') },
  { code: 'BROKEN', side: 'sample', label: label('容器破损', 'container broken') },
  { code: 'OLD', side: 'sample', label: label('超出保存期', 'too old') },
] as const satisfies readonly ReasonDefinition[];

export function reasonsOf(side: ReasonSide): ReasonCode[] {
  return REASONS.filter((reason) => reason.side === side).map((reason) => reason.code);
}
