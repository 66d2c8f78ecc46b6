import { ACT_WORDS } from '../../apps/web/src/audit/act-words';
import { PERMISSIONS } from '../../libs/accounts/roles';
import { isSpec, SOURCES } from './source-files';

const RECORDS = /\b(recordActs?|startedJob|actOf)\b|\bact: '/;

/** Whatever is written like an act, where acts are recorded: `entries.append`. Permissions are written so too. */
const ACTS = new Set(
  SOURCES.filter((source) => /^(libs|apps\/(api|cli|worker))\//.test(source.path) && !isSpec(source))
    .map(({ tree }) => tree.text)
    .filter((text) => RECORDS.test(text))
    .flatMap((text) => [...text.matchAll(/'([a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)*)'/g)].map(([, act]) => act!))
    .filter((act) => !(act in PERMISSIONS) && !/\.(xlsx|docx|json|zip|csv)$/.test(act)),
);

it('finds the acts that are recorded', () => {
  for (const act of ['entries.append', 'months.reopen', 'job.retry', 'imports.accept', 'report_template.set']) {
    expect([...ACTS]).toContain(act);
  }
});

it('has words for every act that the audit log can hold', () => {
  expect([...ACTS].filter((act) => !(act in ACT_WORDS))).toEqual([]);
});
