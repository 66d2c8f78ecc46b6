import type { FilledForm } from '../assessment/filled-form';
import { stageTitle, stageWord } from '../assessment/stage-title';

export interface Attachment {
  readonly name: string;
  /** `form`: the form that is filled here; `own`: the office's own paper, such as a table of another system. */
  readonly made: 'form' | 'own';
}

const FORM = 'form';
const BASIC_DATA = '部门整体支出绩效评价基础数据表';
const PROJECT_FORMS = '项目支出绩效自评表（每个一级项目一份）';
const FUND = '政府性基金预算支出情况表';

/** 附件: what each form's report is handed in with, in its order. */
const ATTACHMENTS: Readonly<Record<string, readonly string[]>> = {
  hunan: [BASIC_DATA, FORM, PROJECT_FORMS, FUND],
  district: [BASIC_DATA, FORM, PROJECT_FORMS, FUND],
  station: [FORM, PROJECT_FORMS],
};

/** The form that is filled here stands under its own title. */
export function attachmentsOf({ form, stage }: Pick<FilledForm, 'form' | 'stage'>): readonly Attachment[] {
  return (ATTACHMENTS[form.code] ?? [FORM]).map((name) =>
    name === FORM
      ? { name: stageTitle(form.title, stage).zh, made: 'form' }
      : { name: name.replace('自评', stageWord(stage)), made: 'own' },
  );
}
