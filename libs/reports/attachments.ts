export interface Attachment {
  readonly name: string;
  /** `form`: the form that is filled here; `own`: the office's own paper, such as a table of another system. */
  readonly made: 'form' | 'own';
}

const UNIT_FORM: Attachment = { name: '部门整体支出绩效自评表', made: 'form' };
const PROJECT_FORMS: Attachment = { name: '项目支出绩效自评表（每个一级项目一份）', made: 'own' };

/** 附件: what each form's report is handed in with, in its order. */
const ATTACHMENTS: Readonly<Record<string, readonly Attachment[]>> = {
  hunan: [
    { name: '部门整体支出绩效评价基础数据表', made: 'own' },
    UNIT_FORM,
    PROJECT_FORMS,
    { name: '政府性基金预算支出情况表', made: 'own' },
  ],
  'hunan-project': [{ name: '项目支出绩效自评表', made: 'form' }],
  jiangsu: [{ name: '部门整体支出绩效目标完成情况表', made: 'form' }],
  suzhou: [{ name: '部门整体绩效自评价表', made: 'form' }],
  district: [
    { name: '部门整体支出绩效评价基础数据表', made: 'own' },
    UNIT_FORM,
    PROJECT_FORMS,
    { name: '政府性基金预算支出情况表', made: 'own' },
  ],
  station: [UNIT_FORM, PROJECT_FORMS],
};

export function attachmentsOf(form: string): readonly Attachment[] {
  return ATTACHMENTS[form] ?? [];
}
