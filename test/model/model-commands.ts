import fc from 'fast-check';
import { Decimal } from 'decimal.js';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { closeAndRecompute } from '../../libs/indicators/recompute';
import { appendEntries } from '../../libs/ledger/append';
import { reopenMonths } from '../../libs/ledger/months';
import type { EntryInput } from '../../libs/ledger/entry-input';
import type { Principal } from '../../libs/accounts/principal';
import { chooseSetting } from '../../libs/ledger/settings';
import { reverseEntries } from '../../libs/ledger/reverse';
import { figuresOf, type ModelFigures } from './model-figures';
import { monthAfter, type Fact, type ModelLedger } from './model-ledger';

/** The real thing: a registry of a database on which workers run. */
export interface RealLedger {
  readonly source: DataSource;
  readonly registryId: number;
  readonly administrator: Principal;
  /** Wakes the workers, as a write does. */
  readonly wake: () => Promise<void>;
  /** Something that must make no difference: a doubled job, a lost queue, a killed worker. */
  readonly disturb: (how: Disturbance) => Promise<void>;
  /** Holds every derived row against the model. */
  readonly settle: (model: ModelLedger) => Promise<void>;
  operations: number;
}

export type Disturbance = 'doubled job' | 'flushed queue' | 'killed worker';

type Command = fc.AsyncCommand<ModelLedger, RealLedger>;

interface Wish {
  readonly what:
    'recruit' | 'enrol' | 'blood' | 'contact' | 'screen' | 'answer' | 'withdraw' | 'satisfaction' | 'staff';
  readonly org: number;
  readonly month: number;
  readonly day: number;
  readonly amount: number;
  readonly which: number;
}

const WISH: fc.Arbitrary<Wish> = fc.record({
  what: fc.constantFrom('recruit', 'enrol', 'blood', 'contact', 'contact', 'screen', 'screen', 'answer', 'withdraw'),
  org: fc.nat(9),
  month: fc.nat(23),
  day: fc.oneof(fc.constant(1), fc.constant(31), fc.integer({ min: 1, max: 28 })),
  amount: fc.nat(40),
  which: fc.nat(),
});

const JUSTIFICATION = '补登记';

class Append implements Command {
  constructor(
    private readonly wishes: readonly Wish[],
    private readonly again: boolean,
  ) {}

  check = () => true;

  async run(model: ModelLedger, real: RealLedger): Promise<void> {
    const entries: EntryInput[] = [];
    for (const wish of this.wishes) entries.push(...add(model, wish));
    for (let time = 0; time < (this.again ? 2 : 1); time += 1) {
      const { results } = await appendEntries(real.source, entries, writerOf(real));
      const status = time === 0 ? 'created' : 'unchanged';
      for (const row of results)
        if (row.status !== status) throw row.status === 'refused' ? row.problem : new Error(row.status);
    }
    real.operations += entries.length;
    await real.wake();
  }

  toString = () => `append(${JSON.stringify(this.wishes)}${this.again ? ', twice' : ''})`;
}

/** Adds to the model what is wished, and tells it as it is to be sent. */
function add(model: ModelLedger, wish: Wish): EntryInput[] {
  const orgs = [...model.orgs.keys()];
  const org = orgs[wish.org % orgs.length] as string;
  const day = dayOf(wish.month, wish.day);
  const one = (fields: Partial<EntryInput> & { kind: string }): EntryInput => {
    const sent = { id: randomUUID(), org, occurredOn: day, ...fields };
    return model.isLate(sent.occurredOn) ? { ...sent, justification: JUSTIFICATION } : sent;
  };
  const keep = (sent: EntryInput): Fact =>
    model.add({
      id: sent.id as string,
      kind: sent.kind as string,
      org: sent.org as string,
      day: sent.occurredOn as string,
      outcome: sent.outcome ?? '',
      donor: sent.donorCode ?? '',
      case: sent.caseCode ?? '',
      quantity: new Decimal(sent.quantity ?? '1'),
    });
  const sent = (fields: Partial<EntryInput> & { kind: string }): EntryInput[] => {
    const entry = one(fields);
    keep(entry);
    return [entry];
  };
  switch (wish.what) {
    case 'recruit':
      return sent({ kind: 'RecruitmentRegistered', quantity: String(wish.amount) });
    case 'enrol':
      return sent({ kind: 'DonorEnrolled', quantity: String(wish.amount) });
    case 'blood':
      return sent({ kind: 'WholeBloodCollected', quantity: String(wish.amount / 2) });
    case 'contact': {
      const outcome = ['confirmed', 'reached', 'not_reached'][wish.amount % 3];
      return sent({ kind: 'RetentionContacted', outcome, donorCode: `V${wish.which % 25}` });
    }
    case 'withdraw':
      return sent({
        kind: 'DonorWithdrawn',
        outcome: 'from_available',
        reason: 'DO',
        donorCode: model.newName('W'),
      });
    case 'screen': {
      const codes = { donorCode: model.newName('D'), caseCode: model.newName('R') };
      const entry = one({ kind: 'ScreenRequested', ...codes });
      model.cases.push({ requested: keep(entry), answered: null });
      return [entry];
    }
    case 'answer': {
      const open = model.cases.filter(({ answered }) => answered === null);
      const asked = open[wish.which % open.length];
      if (!asked) return [];
      const { donor, case: caseCode, day: from } = asked.requested;
      const outcome = wish.amount % 3 === 0 ? 'refused' : 'agreed';
      const entry = one({
        kind: 'ScreenAnswered',
        outcome,
        reason: outcome === 'refused' ? 'PR' : undefined,
        org: asked.requested.org,
        donorCode: donor,
        caseCode,
        occurredOn: day > from ? day : from,
      });
      asked.answered = keep(entry);
      return [entry];
    }
    case 'satisfaction':
      return sent({ kind: 'DonorSatisfaction', quantity: String(wish.amount), ...REPORTED });
    case 'staff':
      return sent({ kind: 'StaffTotal', quantity: String(wish.amount), ...REPORTED });
  }
}

const REPORTED = { attributes: { source: '年终盘点' } };

function dayOf(month: number, day: number): string {
  const year = 2023 + Math.floor(month / 12);
  const last = new Date(Date.UTC(year, (month % 12) + 1, 0)).getUTCDate();
  const two = (number: number) => String(number).padStart(2, '0');
  return `${year}-${two((month % 12) + 1)}-${two(Math.min(day, last))}`;
}

function writerOf({ registryId }: RealLedger) {
  return { registryId, actor: 'tester', source: 'api' } as const;
}

/** Takes standing entries back, and sends the same reversals again. */
class Reverse implements Command {
  constructor(private readonly which: readonly number[]) {}

  check = (model: Readonly<ModelLedger>) => model.reversible().length > 0;

  async run(model: ModelLedger, real: RealLedger): Promise<void> {
    const chosen = new Set<Fact>();
    const free = model.reversible();
    for (const one of this.which) chosen.add(free[one % free.length] as Fact);
    const reversals = [...chosen].map(({ id }) => ({ id: randomUUID(), reverses: id, justification: JUSTIFICATION }));
    await reverseEntries(real.source, reversals, writerOf(real));
    await reverseEntries(real.source, reversals, writerOf(real));
    [...chosen].forEach((fact, place) => model.takeBack(reversals[place]?.id as string, fact));
    real.operations += reversals.length;
    await real.wake();
  }

  toString = () => `reverse(${this.which.join(', ')})`;
}

/** The same id with other content changes nothing and is refused. */
class SendOther implements Command {
  constructor(private readonly which: number) {}

  check = (model: Readonly<ModelLedger>) => model.facts.length > 0;

  async run(model: ModelLedger, real: RealLedger): Promise<void> {
    const { id } = model.facts[this.which % model.facts.length] as Fact;
    const other = { id, kind: 'RecruitmentRegistered', org: 'P', occurredOn: '2024-12-31', quantity: '999' };
    const { refused } = await appendEntries(real.source, [other], writerOf(real));
    if (refused !== 1) throw new Error(`${id} was taken with other content`);
    real.operations += 1;
  }

  toString = () => `send other content(${this.which})`;
}

class Close implements Command {
  check = (model: Readonly<ModelLedger>) => model.firstOpen <= '2024-12';

  async run(model: ModelLedger, real: RealLedger): Promise<void> {
    const month = model.firstOpen;
    await closeAndRecompute(real.source, real.registryId, month, 'tester');
    const figures = figuresOf(model);
    model.close();
    for (const period of endingWith(month)) {
      const number = 1 + model.seals.filter((seal) => seal.period === period).length;
      model.seals.push({ period, number, figures: ofPeriod(figures, period) });
    }
    real.operations += 1;
  }

  toString = () => 'close';
}

function endingWith(month: string): string[] {
  const [year, number] = [month.slice(0, 4), Number(month.slice(5))];
  return [
    month,
    ...(number % 3 === 0 ? [`${year}-Q${number / 3}`] : []),
    ...(number % 6 === 0 ? [`${year}-H${number / 6}`] : []),
    ...(number === 12 ? [year] : []),
  ];
}

function ofPeriod(figures: ModelFigures, period: string): ReadonlyMap<string, string> {
  const places = [...figures].map(([place, told]) => [place.split(' '), told] as const);
  return new Map(
    places.flatMap(([[org, own, code, key], told]) => (code === period ? [[`${org} ${own} ${key}`, told]] : [])),
  );
}

/** Opens one of the last months again, and those after it. */
class Reopen implements Command {
  constructor(private readonly back: number) {}

  check = (model: Readonly<ModelLedger>) => model.closed.length > 0;

  async run(model: ModelLedger, real: RealLedger): Promise<void> {
    const month = model.closed.at(-1 - (this.back % Math.min(3, model.closed.length))) as string;
    await real.source.transaction((manager) => reopenMonths(manager, real.registryId, month, 'tester', JUSTIFICATION));
    model.reopen(month);
    real.operations += 1;
  }

  toString = () => `reopen(${this.back})`;
}

class AddOrg implements Command {
  constructor(private readonly below: number) {}

  check = (model: Readonly<ModelLedger>) => model.orgs.size < 8;

  async run(model: ModelLedger, real: RealLedger): Promise<void> {
    const above = ['P', 'A', 'B'][this.below % 3] as string;
    const org = model.newName('N');
    await real.source.query(
      `insert into org (registry_id, org, parent, level, name_zh, name_en) values ($1, $2, $3, $4, '新机构', 'New')`,
      [real.registryId, org, above, above === 'P' ? 'city' : 'county'],
    );
    model.orgs.set(org, above);
    real.operations += 1;
  }

  toString = () => `add an org(${this.below})`;
}

/** What may be chosen in the model, of settings that its kinds feed; the first is the default. */
const SETTINGS = [
  ['revisited', 'attempts', 'reached', 'confirmed'],
  ['confirmed_contact', 'willing', 'reached'],
  ['volunteer_agreement', 'first_mobilisation', 'hr_typing'],
] as const;

class Choose implements Command {
  constructor(
    private readonly setting: number,
    private readonly choice: number,
    private readonly later: number,
  ) {}

  check = () => true;

  async run(model: ModelLedger, real: RealLedger): Promise<void> {
    const [key, ...choices] = SETTINGS[this.setting % SETTINGS.length] as (typeof SETTINGS)[number];
    let since = model.firstOpen;
    for (let month = 0; month < this.later; month += 1) since = monthAfter(since);
    const holds = model.chosen(key, since) ?? choices[0];
    const others = choices.filter((choice) => choice !== holds);
    const choice = others[this.choice % others.length] as string;
    await real.source.transaction((manager) =>
      chooseSetting(manager, real.administrator, { key, choice, since, reason: JUSTIFICATION }),
    );
    model.choose(key, since, choice);
    real.operations += 1;
    await real.wake();
  }

  toString = () => `choose(${this.setting}, ${this.choice}, ${this.later})`;
}

class Disturb implements Command {
  constructor(private readonly how: Disturbance) {}

  check = () => true;

  async run(_: ModelLedger, real: RealLedger): Promise<void> {
    await real.disturb(this.how);
    real.operations += 1;
  }

  toString = () => this.how;
}

class Settle implements Command {
  check = () => true;

  run = (model: ModelLedger, real: RealLedger): Promise<void> => real.settle(model);

  toString = () => 'settle';
}

/** What can be done to a ledger, in any order. */
export const COMMANDS: fc.Arbitrary<Command>[] = [
  ...Array.from({ length: 6 }, () =>
    fc
      .tuple(fc.array(WISH, { minLength: 1, maxLength: 12 }), fc.nat(5))
      .map(([wishes, again]) => new Append(wishes, again === 0)),
  ),
  WISH.map((wish) => new Append([{ ...wish, what: wish.amount % 2 ? 'satisfaction' : 'staff' }], false)),
  ...Array.from({ length: 3 }, () =>
    fc.array(fc.nat(), { minLength: 1, maxLength: 5 }).map((which) => new Reverse(which)),
  ),
  fc.nat().map((which) => new SendOther(which)),
  fc.constant(new Close()),
  fc.constant(new Close()),
  fc.nat().map((back) => new Reopen(back)),
  fc.nat().map((below) => new AddOrg(below)),
  fc.tuple(fc.nat(9), fc.nat(9), fc.nat(3)).map((which) => new Choose(...which)),
  // A worker takes two seconds to start.
  fc.nat(19).map((one) => new Disturb(one === 0 ? 'killed worker' : one < 5 ? 'flushed queue' : 'doubled job')),
  fc.constant(new Settle()),
];
