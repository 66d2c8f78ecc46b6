import type { DataSource } from 'typeorm';
import { actOf } from '../accounts/act-of';
import { recordAct } from '../accounts/audit';
import type { Principal } from '../accounts/principal';
import { checkPack } from '../assessment/packs/check-pack';
import { findPack } from '../assessment/packs/shipped-packs';
import type { RulePack } from '../assessment/rule-packs';
import { DomainError } from '../core/domain-error';
import { checkFreeText } from '../ledger/entry-fields';
import type { ShownPack } from './find-rules';
import { findOfficePack, insertOfficePack, lockOfficePacks } from './rule-packs.queries';

/**
 * Adds a rule pack of the office's own, or the next version of one. What stood is kept: an assessment says by which
 * version it was scored.
 *
 * @param content a whole pack; its version is given here
 * @throws {DomainError} naming the field that is wrong, or when the code is one of the program's
 */
export async function addPack(source: DataSource, principal: Principal, content: unknown): Promise<ShownPack> {
  const given = checkPack(typeof content === 'object' && content !== null ? { ...content, version: 1 } : content);
  const { code, since } = given;
  requireOwnCode(code);
  checkTexts(given);
  return source.transaction(async (manager) => {
    const { registryId, name } = principal;
    await lockOfficePacks(manager, registryId);
    const stood = await findOfficePack(manager, registryId, code, null);
    const rules = { ...given, version: (stood?.version ?? 0) + 1 };
    await insertOfficePack(manager, registryId, {
      code,
      version: rules.version,
      since,
      content: rules,
      recordedBy: name,
    });
    await recordAct(manager, actOf(principal, 'rule_pack.add', `${code} v${rules.version}`));
    const row = await findOfficePack(manager, registryId, code, rules.version);
    return { rules, own: true, recordedBy: name, recordedAt: row?.recordedAt ?? null };
  });
}

function requireOwnCode(code: string): void {
  if (!findPack(code) && /^[a-z][a-z0-9-]{0,39}$/.test(code)) return;
  throw new DomainError(
    'rule_pack_code',
    {
      zh: `编码“${code}”不能用：应以小写字母开头，只用小写字母、数字和连字符，并且不同于程序自带的规则。`,
      en: `The code "${code}" cannot be used: lower-case letters, digits and hyphens, from a letter on, and none of the program's own.`,
    },
    { field: 'code' },
  );
}

function checkTexts({ label, assumptions }: RulePack): void {
  for (const { zh, en } of [label, ...assumptions]) {
    checkFreeText(zh, 'label');
    checkFreeText(en, 'label');
  }
}
