import type { DataSource } from 'typeorm';
import { fillForm } from '../assessment/fill';
import type { FilledForm } from '../assessment/filled-form';
import { findForm } from '../assessment/forms/shipped-forms';
import { findPack } from '../assessment/packs/shipped-packs';
import { DomainError } from '../core/domain-error';
import { parsePeriod } from '../core/period';
import { readIndicatorValues, readMetricValues } from '../indicators/values';
import { findRoot } from '../indicators/orgs.queries';
import { computedDefinitions } from '../metrics/definitions';
import { findTargets } from '../targets/targets.queries';

/**
 * The registry's self-assessment of a year, filled from its values and its own targets as they stand now.
 *
 * @throws {DomainError} when there is no such form, or the year cannot be read
 */
export async function readAssessment(
  source: DataSource,
  registryId: number,
  formCode: string,
  year: string,
): Promise<FilledForm> {
  const form = findForm(formCode);
  if (!form || parsePeriod(year).grain !== 'year') {
    throw new DomainError('assessment_unknown', {
      zh: `没有 ${year} 年的自评表“${formCode}”。`,
      en: `There is no self-assessment form "${formCode}" for ${year}.`,
    });
  }
  const question = { registryId, period: year };
  const values = [...(await readMetricValues(source, question)), ...(await readIndicatorValues(source, question))];
  const root = await findRoot(source.manager, registryId);
  const targets = await findTargets(source.manager, registryId, { periods: [year], orgs: root === null ? [] : [root] });
  return fillForm(form, findPack(form.pack)!, {
    stage: 'year',
    period: year,
    values: new Map(values.map((value) => [value.key, value])),
    meanings: { definitions: await computedDefinitions(source.manager, registryId), month: `${year}-12` },
    targets: new Map(targets.map((target) => [target.key, target])),
  });
}
