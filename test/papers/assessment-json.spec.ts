import { filledOf, formOf } from '../support/filled-forms';
import type { OpenedAssessment } from '../../libs/self-assessment/read-assessment';
import { assessmentJson } from '../../libs/reports/assessment-json';

it.each([
  ['year', '2024', '部门整体支出绩效自评表', 'self-evaluation of the whole unit’s expenditure'],
  ['half', '2024-H1', '部门整体支出绩效监控表', 'half-year monitoring of the whole unit’s expenditure'],
] as const)('an assessment of the %s is called for programs what its papers call it', (stage, period, zh, en) => {
  const filled = filledOf(formOf('hunan'), { stage, period });
  const address = { registryId: 1, org: '43', form: 'hunan', period, project: '', revision: 1 };
  const record = { state: 'draft', steps: [], seals: [] } as unknown as OpenedAssessment['record'];
  const json = assessmentJson({ address, record, filled, fingerprint: '', differences: [] } as OpenedAssessment);
  expect(json).toMatchObject({ title: { zh, en } });
});
