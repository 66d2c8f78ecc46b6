import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../core/domain-error';
import { dateInShanghai } from '../core/period';
import { readAccountName } from './account-name';
import { addAccount, readDisplayName } from './accounts';
import { findRootOrg, insertAccountSecret } from './accounts.queries';
import { recordAct } from './audit';
import { checkPassword, hashPassword } from './password';
import { readFirstRegistry } from './registry-input';
import { makeToken, readToken } from './secret-token';
import {
  deleteSetupLinks,
  findRegistryWithoutAdministrator,
  insertRegistry,
  replaceSetupLink,
  useSetupLink,
} from './setup.queries';
import { findFirstRegistry } from './sign-in.queries';

const LINK_HOURS = 24;

/** What a database needs before anybody can sign in: a registry and its administrator, or the administrator alone. */
export type SetupNeed = 'registry' | 'administrator' | null;

/** @param published whether the demonstration's administrator counts */
export async function findSetupNeed(manager: EntityManager, published: boolean): Promise<SetupNeed> {
  return (await openSetup(manager, published))?.need ?? null;
}

async function openSetup(
  manager: EntityManager,
  published: boolean,
): Promise<{ need: 'registry' | 'administrator'; registryId: number } | undefined> {
  if ((await findFirstRegistry(manager)) === undefined) return { need: 'registry', registryId: 0 };
  const registryId = await findRegistryWithoutAdministrator(manager, published);
  return registryId === undefined ? undefined : { need: 'administrator', registryId };
}

/**
 * The token of a link for whoever starts the program, good once and for a day; nothing when nothing is needed, and no
 * older link is then good.
 */
export async function makeSetupLink(source: DataSource, published: boolean): Promise<string | undefined> {
  return source.transaction(async (manager) => {
    const open = await openSetup(manager, published);
    if (!open) {
      await deleteSetupLinks(manager);
      return undefined;
    }
    const { token, hash } = makeToken(open.registryId);
    await replaceSetupLink(manager, open.registryId, hash, LINK_HOURS);
    return token;
  });
}

export interface SetupInput {
  readonly token?: unknown;
  readonly registry?: unknown;
  readonly administrator?: unknown;
}

/**
 * Makes what is needed, all of it or nothing, and uses the link up. A refusal is recorded once there is a registry that
 * can record it.
 *
 * @throws {DomainError} `setup_link_refused`, or naming the field that cannot be used; the link is then still good
 */
export async function setUp(
  source: DataSource,
  input: SetupInput,
  address: string | null,
  published: boolean,
): Promise<void> {
  try {
    await make(source, input, address, published);
  } catch (error) {
    if (error instanceof DomainError) await recordRefusal(source.manager, error.code, address);
    throw error;
  }
}

async function recordRefusal(manager: EntityManager, code: string, address: string | null): Promise<void> {
  const registryId = await findFirstRegistry(manager);
  if (registryId === undefined) return;
  await recordAct(manager, {
    ...{ registryId, actor: 'setup', act: 'registry.setup', thing: null, org: null, address },
    ...{ result: 'refused', detail: { code } },
  });
}

async function make(source: DataSource, input: SetupInput, address: string | null, published: boolean): Promise<void> {
  const shown = typeof input.token === 'string' ? readToken(input.token) : undefined;
  if (!shown) throw linkRefused();
  const given = (input.administrator ?? {}) as Record<string, unknown>;
  const name = readAccountName(given.name);
  const displayName = readDisplayName(given.displayName ?? name);
  const password = checkPassword(given.password, { name, role: 'administrator' });
  await source.transaction(async (manager) => {
    // First, so that of two who use it at once the second waits and is refused; and before anything costs time.
    if (!(await useSetupLink(manager, shown.registryId, shown.hash))) throw linkRefused();
    // An administrator may have come by another way since the link was printed.
    if ((await openSetup(manager, published))?.registryId !== shown.registryId) throw linkRefused();
    const passwordHash = await hashPassword(password);
    const registryId = shown.registryId === 0 ? await makeRegistry(manager, input.registry) : shown.registryId;
    const org = await findRootOrg(manager, registryId);
    if (org === undefined) throw new Error(`registry ${registryId} has no root org`);
    const id = randomUUID();
    const account = { registryId, id, name, displayName, role: 'administrator', org, demonstration: false } as const;
    await addAccount(manager, { ...account, createdBy: name });
    await insertAccountSecret(manager, { registryId, accountId: id, passwordHash }, false);
    await recordAct(manager, {
      ...{ registryId, actor: name, act: 'registry.setup', thing: id, org, address },
      ...{ result: 'done', detail: { registry: shown.registryId === 0 } },
    });
  });
}

async function makeRegistry(manager: EntityManager, input: unknown): Promise<number> {
  if ((await findFirstRegistry(manager)) !== undefined) throw linkRefused();
  const { orgs, ...registry } = readFirstRegistry(input, dateInShanghai(new Date()));
  const registryId = 1;
  await insertRegistry(manager, { registryId, ...registry }, orgs);
  return registryId;
}

function linkRefused(): DomainError {
  return new DomainError('setup_link_refused', {
    zh: '这个链接已经用过、过期或不完整。如果已有管理员，请直接登录；如果还没有，请重新启动程序，用新打印的链接。',
    en: 'This link was used, is too old or is not whole. If there is an administrator, sign in; if there is none, start the program again and take the link it prints.',
  });
}
