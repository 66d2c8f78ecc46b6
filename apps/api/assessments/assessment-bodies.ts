import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches } from 'class-validator';
import { DomainError } from '../../../libs/core/domain-error';
import { WholeNumber } from '../query-fields';

export class AssessmentQuery {
  @ApiPropertyOptional({ description: "Whose; the registry's own unless said" })
  @IsOptional()
  @IsString()
  org?: string;

  @ApiPropertyOptional({ description: 'The project, of a form that is filled for each' })
  @IsOptional()
  @IsString()
  project?: string;

  @WholeNumber(1, 100_000, { description: 'The latest unless said' })
  revision?: number;
}

export class DifferencesQuery extends AssessmentQuery {
  @ApiPropertyOptional({
    description: "Since the last step (step), a step's number, or the frozen revision before (revision)",
    example: 'step',
  })
  @IsOptional()
  @Matches(/^(step|revision|[1-9]\d{0,5})$/)
  since?: string;
}

export class AssessmentsOfQuery {
  @ApiProperty({ example: '2024' })
  @Matches(/^[1-9]\d{3}$/)
  year: string;
}

/** The record's version that the writer had before them. @throws {DomainError} when it is none */
export function readVersion(given: unknown): number {
  if (typeof given === 'number' && Number.isInteger(given) && given >= 0) return given;
  if (typeof given === 'string' && /^\d{1,9}$/.test(given)) return Number(given);
  throw new DomainError(
    'field_missing',
    {
      zh: '缺少 version：您打开时这份自评表的版本（还没有人填过的是 0）。',
      en: 'The version is missing: that of the assessment as you opened it (0 before anything was written).',
    },
    { field: 'version' },
  );
}

/** The fingerprint of the figures that the caller looked at. @throws {DomainError} when it is none */
export function readFingerprint(given: unknown): string {
  if (typeof given === 'string' && /^[0-9a-f]{64}$/.test(given)) return given;
  throw new DomainError(
    'field_missing',
    {
      zh: '缺少 fingerprint：您打开时随这份自评表答复的那一个，用来确认您看过的数字。',
      en: 'The fingerprint is missing: the one answered with the assessment as you opened it, of the figures you saw.',
    },
    { field: 'fingerprint' },
  );
}

/** @throws {DomainError} when it is no text */
export function readOptionalText(given: unknown, field: string): string | null {
  if (given === undefined || given === null) return null;
  if (typeof given === 'string') return given;
  throw new DomainError('field_missing', { zh: `${field} 应为文字。`, en: `${field} must be text.` }, { field });
}

/** What is not understood never writes. @throws {DomainError} */
export function readDryRun(given: unknown): boolean {
  if (given === undefined || given === null || given === false) return false;
  if (given === true) return true;
  throw notDryRun('dryRun', '应是 true 或 false', 'is true or false');
}

/** As `readDryRun`, of an uploaded form. @throws {DomainError} */
export function readTargetsMode(mode: string | undefined): boolean {
  if (mode === undefined || mode === 'dry_run') return mode !== undefined;
  throw notDryRun('mode', '应是 dry_run（只看不写），或不写', 'is dry_run, or left out');
}

function notDryRun(field: string, zh: string, en: string): DomainError {
  return new DomainError('field_not_readable', { zh: `${field} ${zh}。`, en: `"${field}" ${en}.` }, { field });
}
