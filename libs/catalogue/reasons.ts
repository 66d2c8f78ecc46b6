import { label, type Label } from './label';

export type ReasonCode = (typeof REASONS)[number]['code'];
export type ReasonSide = 'donor' | 'patient' | 'sample' | 'blood';

interface ReasonDefinition {
  readonly code: string;
  readonly side: ReasonSide;
  readonly label: Label;
}

/**
 * Why a request, a sample or a listing ended. Donor-side and patient-side codes follow the WMDA data dictionary
 * (D_STAT_REASON, REASON); the sub-codes of MR, PR and MO keep what Chinese registries tell apart.
 */
export const REASONS = [
  { code: 'DO', side: 'donor', label: label('超龄', 'over age') },
  { code: 'DD', side: 'donor', label: label('死亡', 'died') },
  { code: 'MR', side: 'donor', label: label('健康原因', 'medical') },
  { code: 'MR_PREGNANCY', side: 'donor', label: label('妊娠哺乳', 'medical: pregnant or nursing') },
  { code: 'PR', side: 'donor', label: label('本人不愿意', 'personal: unwilling') },
  { code: 'PR_FAMILY', side: 'donor', label: label('家属反对', 'personal: family objects') },
  { code: 'PR_TIME', side: 'donor', label: label('时间冲突', 'personal: no time') },
  { code: 'TX', side: 'donor', label: label('已捐献保留', 'already donated') },
  { code: 'MO', side: 'donor', label: label('迁移外出', 'moved away') },
  { code: 'MO_AWAY', side: 'donor', label: label('暂时外出', 'away for a time') },
  { code: 'UC', side: 'donor', label: label('联系不上', 'cannot be contacted') },
  { code: 'TQ', side: 'donor', label: label('分型存疑', 'typing questionable') },
  { code: 'MM', side: 'donor', label: label('分型不符', 'HLA mismatch') },
  { code: 'EX', side: 'donor', label: label('逾期未答复', 'no answer in time') },
  { code: 'UK', side: 'donor', label: label('原因不明（捐献者）', 'unknown, donor side') },
  { code: 'OT', side: 'donor', label: label('其他（捐献者）', 'other, donor side') },
  { code: 'BCC', side: 'patient', label: label('患者病情恶化', 'condition worsened') },
  { code: 'PDC', side: 'patient', label: label('患者死亡', 'patient died') },
  { code: 'FND', side: 'patient', label: label('另有更合适供者', 'better donor found') },
  { code: 'STP', side: 'patient', label: label('停止检索', 'search stopped') },
  { code: 'TRX', side: 'patient', label: label('已移植', 'already transplanted') },
  { code: 'LAB', side: 'patient', label: label('实验室问题', 'laboratory problem') },
  { code: 'NSP', side: 'patient', label: label('没有样本', 'no sample') },
  { code: 'OTH', side: 'patient', label: label('其他（患者）', 'other, patient side') },
  { code: 'HAEMOLYSED', side: 'sample', label: label('溶血', 'haemolysed') },
  { code: 'INSUFFICIENT', side: 'sample', label: label('血量不足', 'too little blood') },
  { code: 'MISLABELLED', side: 'sample', label: label('标识不符', 'label does not agree') },
  { code: 'BROKEN', side: 'sample', label: label('容器破损', 'container broken') },
  { code: 'OLD', side: 'sample', label: label('超出保存期', 'too old') },
  { code: 'TEST_POSITIVE', side: 'blood', label: label('检测不合格', 'test positive') },
  { code: 'LIPAEMIC', side: 'blood', label: label('脂血', 'lipaemic') },
  { code: 'LEAKING', side: 'blood', label: label('渗漏破袋', 'leaking') },
  { code: 'EXPIRED', side: 'blood', label: label('过期', 'expired') },
  { code: 'SHORT_VOLUME', side: 'blood', label: label('采集量不足', 'too little collected') },
  { code: 'BLOOD_OTHER', side: 'blood', label: label('其他（血液）', 'other, blood') },
] as const satisfies readonly ReasonDefinition[];

export function reasonsOf(side: ReasonSide): ReasonCode[] {
  return REASONS.filter((reason) => reason.side === side).map((reason) => reason.code);
}
