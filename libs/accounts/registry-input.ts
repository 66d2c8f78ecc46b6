import { DomainError } from '../core/domain-error';
import type { NewOrg } from './setup.queries';

const CODE = /^[A-Z0-9]{2,12}$/;
const MOST_CITIES = 200;

/** A registry to begin with: its names, its first day, itself and its cities as orgs. */
export interface FirstRegistry {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly firstDay: string;
  readonly orgs: readonly NewOrg[];
}

/** @param today as `YYYY-MM-DD` in Asia/Shanghai @throws {DomainError} naming the field that cannot be used */
export function readFirstRegistry(input: unknown, today: string): FirstRegistry {
  const given = objectOf('registry', input);
  const root = readOrg('registry', given, null);
  const { firstDay, cities = [] } = given;
  if (typeof firstDay !== 'string' || !isDay(firstDay) || firstDay > today) {
    throw wrong(
      'registry.firstDay',
      '启用日期应写成 2024-01-01 的样子，并且不晚于今天。',
      'The first day is written like 2024-01-01 and lies not after today.',
    );
  }
  if (!Array.isArray(cities) || cities.length > MOST_CITIES) {
    throw wrong(
      'registry.cities',
      `市州应是一个列表，最多 ${MOST_CITIES} 个。`,
      `The cities are a list of at most ${MOST_CITIES}.`,
    );
  }
  const orgs = [
    root,
    ...cities.map((city, index) =>
      readOrg(`registry.cities.${index}`, objectOf(`registry.cities.${index}`, city), root.org),
    ),
  ];
  const twice = orgs.find(({ org }, index) => orgs.findIndex((one) => one.org === org) < index);
  if (twice)
    throw wrong('registry.cities', `代码“${twice.org}”用了两次。`, `The code "${twice.org}" stands there twice.`);
  return { nameZh: root.nameZh, nameEn: root.nameEn, firstDay, orgs };
}

function readOrg(field: string, given: Record<string, unknown>, parent: string | null): NewOrg {
  const { code, nameZh, nameEn } = given;
  const org = readOrgCode(`${field}.code`, code);
  const names = {
    nameZh: readOrgName(`${field}.nameZh`, nameZh),
    nameEn: readOrgName(`${field}.nameEn`, nameEn ?? nameZh),
  };
  return { org, parent, level: parent === null ? 'registry' : 'city', ...names };
}

/** @throws {DomainError} when it cannot be the code of an org */
export function readOrgCode(field: string, code: unknown): string {
  if (typeof code === 'string' && CODE.test(code)) return code;
  throw wrong(
    field,
    '代码为 2 到 12 个大写字母或数字，例如 HN、HN01、430100。',
    'A code has 2 to 12 capital letters or digits, for example HN, HN01 or 430100.',
  );
}

/** @throws {DomainError} when it cannot be the name of an org */
export function readOrgName(field: string, text: unknown): string {
  const name = typeof text === 'string' ? text.trim() : '';
  if (name !== '' && name.length <= 100) return name;
  throw wrong(field, '名称为 1 到 100 个字。', 'A name has 1 to 100 characters.');
}

function objectOf(field: string, value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw wrong(field, `请填写“${field}”。`, `"${field}" is needed.`);
}

function isDay(text: string): boolean {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  return day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function wrong(field: string, zh: string, en: string): DomainError {
  return new DomainError('field_not_readable', { zh, en }, { field });
}
