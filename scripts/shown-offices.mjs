import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { generateSync } from 'otplib';

export const ROLES = ['clerk', 'reviewer', 'officer', 'auditor', 'administrator'];

const PASSWORD = 'a-password-for-pictures-only';

/** The program with a data folder of its own, and what it says when it is ready. */
async function start(folder, switches) {
  const env = { ...process.env, DATA_DIR: folder, PORT: '0', DATABASE_URL: '', REDIS_URL: '', OIDC_ISSUER: '' };
  const program = spawn(process.execPath, ['scripts/start.mjs', ...switches], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines = createInterface({ input: program.stderr });
  const said = {};
  for await (const line of lines) {
    console.error(line);
    said.address ??= /ready .*(http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
    said.link ??= /once, within .*(http\S+#setup=\S+)/.exec(line)?.[1];
    if (said.address && (said.link || switches.length === 0)) break;
  }
  if (!said.address) throw new Error('the program did not start');
  // Else it would wait for somebody to read on.
  program.stderr.resume();
  return { ...said, stop: () => program.kill('SIGTERM') };
}

/** The demonstration's own. */
export function passwordOf(role) {
  return { name: `demo-${role}`, password: `shifan-${role}-2024` };
}

/** Two years of an invented province. */
export async function startDemonstration(folder) {
  return start(folder, []);
}

/** Nobody is in it yet: `link` is where its first administrator begins. */
export function startOffice(folder) {
  return start(folder, ['--office']);
}

/** The cookies of somebody who signs in. */
export async function signIn(browser, address, data) {
  const context = await browser.newContext();
  await send(context, address, '/session', data);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Sets a new office up, with an account of each role; their cookies. */
export async function setUpOffice(browser, { address, link }) {
  const administrator = { name: 'guanli', displayName: '刘管理', password: PASSWORD };
  const cities = ['东城市', '西城市', '南城市'].map((nameZh, at) => ({
    code: `YB0${at + 1}`,
    nameZh,
    nameEn: `City ${at + 1}`,
  }));
  const registry = {
    code: 'YB',
    nameZh: '样本省造血干细胞捐献者资料库',
    nameEn: 'Sample Registry',
    firstDay: '2024-01-01',
    cities,
  };
  const context = await browser.newContext();
  const ask = (path, data) => send(context, address, path, data);
  await ask('/setup', { token: link.split('#setup=')[1], registry, administrator });
  await ask('/session', { name: administrator.name, password: PASSWORD });
  const { secret } = await ask('/session/totp', {});
  await ask('/session/totp/confirm', { code: generateSync({ secret }) });
  const states = { administrator: await context.storageState() };
  for (const role of ROLES.filter((one) => one !== 'administrator')) {
    const { oneTimePassword } = await ask('/accounts', { name: role, displayName: `${role} 样本`, role, org: 'YB' });
    const own = await browser.newContext({
      storageState: await signIn(browser, address, { name: role, password: oneTimePassword }),
    });
    await send(own, address, '/session/password', { current: oneTimePassword, password: PASSWORD });
    states[role] = await own.storageState();
    await own.close();
  }
  await context.close();
  return states;
}

async function send(context, address, path, data) {
  const headers = { 'x-marrow-ledger': 'page', origin: address };
  const answer = await context.request.post(`${address}/api${path}`, { data, headers });
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  return answer.status() === 204 ? undefined : answer.json();
}
