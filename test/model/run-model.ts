import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { randomUUID } from 'node:crypto';
import type { Principal } from '../../libs/accounts/principal';
import { permissionsOf } from '../../libs/accounts/roles';
import { plain } from '../../libs/core/decimal';
import { parsePeriod } from '../../libs/core/period';
import { findOrgs } from '../../libs/indicators/orgs.queries';
import { findIndicator, readIndicatorValues, readMetricValues } from '../../libs/indicators/values';
import { readEntriesBehind } from '../../libs/indicators/entries-behind';
import { appendEntries } from '../../libs/ledger/append';
import { listSeals, readSeal } from '../../libs/ledger/seals';
import type { SealedValueRow } from '../../libs/ledger/seals.queries';
import { seedOf } from '../support/seed';
import { wholeList } from '../support/whole-list';
import { createSmallRegistry, opening, WRITER } from '../support/small-registry';
import { COMMANDS, type RealLedger } from './model-commands';
import { figuresOf, type ModelFigures } from './model-figures';
import { ModelLedger } from './model-ledger';
import type { ModelWorkers } from './model-workers';

/** Lists that are held against their figure each time. */
const LISTS = 12;

/**
 * Does random things to one registry after another, on which workers run, until so many operations are done, and holds
 * every derived value against a ledger kept in memory. A failure says its seed, which `MODEL_SEED` takes.
 *
 * @returns the operations done
 */
export async function runModel(source: DataSource, workers: ModelWorkers, operations: number): Promise<number> {
  const seed = seedOf('MODEL_SEED');
  let done = 0;
  let registryId = 0;
  const property = fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 250, size: 'max' }), async (commands) => {
    registryId += 1;
    const real = new RealRegistry(source, workers, registryId);
    const model = await real.begin();
    await fc.asyncModelRun(() => ({ model, real }), commands);
    await real.settle(model);
    done += real.operations;
  });
  for (let round = 0; done < operations; round += 1) {
    try {
      await fc.assert(property, { numRuns: 1, seed: seed + round, endOnFailure: true });
    } catch (error) {
      throw new Error(`MODEL_SEED=${seed + round}: ${(error as Error).message}`, { cause: error });
    }
  }
  return done;
}

/** What the figures and the orgs were when the ledger stood at a position. */
interface Snapshot {
  readonly position: string;
  readonly orgs: readonly string[];
  readonly figures: ModelFigures;
}

class RealRegistry implements RealLedger {
  operations = 0;
  readonly administrator: Principal;
  private readonly snapshots: Snapshot[] = [];

  constructor(
    readonly source: DataSource,
    private readonly workers: ModelWorkers,
    readonly registryId: number,
  ) {
    this.administrator = {
      registryId,
      accountId: randomUUID(),
      name: 'administrator',
      role: 'administrator',
      permissions: permissionsOf('administrator'),
      org: 'P',
      orgs: new Set(['P']),
      via: 'session',
      address: null,
    };
  }

  async begin(): Promise<ModelLedger> {
    await createSmallRegistry(this.source, this.registryId);
    const model = new ModelLedger();
    const entries = opening();
    await appendEntries(this.source, entries, { ...WRITER, registryId: this.registryId });
    for (const { id, kind, org, occurredOn, quantity } of entries) {
      const told = { id: id as string, kind: kind as string, org: org as string, day: occurredOn as string };
      model.add({ ...told, outcome: '', donor: '', case: '', quantity: new Decimal(quantity ?? '1') });
    }
    await this.wake();
    return model;
  }

  wake = (): Promise<void> => this.workers.wake(this.registryId);

  disturb: RealLedger['disturb'] = (how) => this.workers.disturb(how, this.registryId);

  settle = async (model: ModelLedger): Promise<void> => {
    await this.workers.drained(this.registryId);
    const expected = figuresOf(model);
    expect(differences(expected, await this.stored())).toEqual([]);
    await this.expectLists(expected);
    await this.expectSeals(model);
    await this.expectPast(model);
    const [{ position }] = await this.source.query('select position from registry_head where registry_id = $1', [
      this.registryId,
    ]);
    this.snapshots.push({ position, orgs: [...model.orgs.keys()].sort(), figures: expected });
  };

  private async stored(): Promise<ModelFigures> {
    const rows: { place: string; told: string }[] = await this.source.query(
      `select concat_ws(' ', org, own::text, period, key) as place, concat_ws(' ', state, value) as told
        from metric_value where registry_id = $1
        union all
        select concat_ws(' ', org, own::text, period, key),
          concat_ws(' ', state, coalesce(trim_scale(value)::text, '-'), concat(coalesce(numerator::text, '-'), '/', denominator))
        from indicator_value where registry_id = $1`,
      [this.registryId],
    );
    return new Map(rows.map(({ place, told }) => [place, told]));
  }

  /** That every seal holds what its period was, and those of closed periods stand. */
  private async expectSeals(model: ModelLedger): Promise<void> {
    const seals = await listSeals(this.source.manager, this.registryId);
    const lastOf = new Map(model.seals.map(({ period, number }) => [period, number]));
    expect(seals.map(({ period, number, standing }) => ({ period, number, standing }))).toEqual(
      model.seals.map(({ period, number }) => {
        const standing = number === lastOf.get(period) && parsePeriod(period).lastMonth < model.firstOpen;
        return { period, number, standing };
      }),
    );
    for (const { period, number, figures } of model.seals) {
      const { values } = await readSeal(this.source.manager, this.registryId, period, 'P', number);
      const held = new Map(values.map((one) => [`${one.org} ${one.own} ${one.key}`, toldOf(one)]));
      expect({ period, number, differs: differences(figures, held) }).toEqual({ period, number, differs: [] });
    }
  }

  /** That the orgs and some figures of one are, as of an earlier position, what they were when it was reached. */
  private async expectPast(model: ModelLedger): Promise<void> {
    const snapshot = this.snapshots[this.operations % Math.max(1, this.snapshots.length)];
    if (!snapshot) return;
    const { position, orgs, figures } = snapshot;
    const stood = await findOrgs(this.source.manager, this.registryId, position);
    expect({ position, orgs: stood.map((one) => one.org).sort() }).toEqual({ position, orgs });
    const [place = ''] = [...figures.keys()].slice(this.operations % figures.size);
    const [org = '', own, period = ''] = place.split(' ');
    const question = { registryId: this.registryId, org, own: own === 'true', period, position };
    const values = [
      ...(await readMetricValues(this.source, question)),
      ...(await readIndicatorValues(this.source, question)),
    ];
    const found = new Map(
      values.flatMap((one) => (one.state === 'missing' ? [] : [[`${org} ${own} ${period} ${one.key}`, toldOf(one)]])),
    );
    const then = new Map([...figures].filter(([where]) => where.startsWith(`${org} ${own} ${period} `)));
    const differs = differences(then, found);
    expect({ position, now: model.facts.length, differs }).toEqual({ position, now: model.facts.length, differs: [] });
  }

  /** That the lists behind some of the figures come to them. */
  private async expectLists(expected: ModelFigures): Promise<void> {
    const places = [...expected.keys()];
    const step = Math.max(1, Math.floor(places.length / LISTS));
    for (let place = this.operations % step; place < places.length; place += step) {
      const [org = '', own, period = '', key = ''] = (places[place] as string).split(' ');
      const [, value, parts] = (expected.get(places[place] as string) as string).split(' ');
      const question = { registryId: this.registryId, key, org, own: own === 'true', period, limit: 40 };
      if (!findIndicator(key)) await this.expectList(question, value as string);
      else {
        const [numerator, denominator] = (parts as string).split('/') as [string, string];
        await this.expectList({ ...question, part: 'numerator' }, numerator === '-' ? '0' : numerator);
        await this.expectList({ ...question, part: 'denominator' }, denominator);
      }
    }
  }

  private async expectList(question: Parameters<typeof readEntriesBehind>[1], comesTo: string): Promise<void> {
    const list = await wholeList((after) => readEntriesBehind(this.source, { ...question, after }));
    const { total } = list.first;
    expect({ ...question, adds: list.adds, entries: list.entries.length, ...total }).toEqual({
      ...question,
      adds: comesTo,
      entries: list.entries.length,
      sum: comesTo,
    });
  }
}

type Told = Pick<SealedValueRow, 'value' | 'numerator' | 'denominator'> & { readonly state: string };

function toldOf({ state, value, numerator, denominator }: Told): string {
  const told = `${state} ${value === null ? '-' : plain(value)}`;
  return denominator === null ? told : `${told} ${numerator ?? '-'}/${denominator}`;
}

/** The first figures that one has and the other has not, or has otherwise. */
function differences(expected: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): string[] {
  const places = new Set([...expected.keys(), ...found.keys()]);
  return [...places]
    .filter((place) => expected.get(place) !== found.get(place))
    .map((place) => `${place}: ${found.get(place)} instead of ${expected.get(place)}`)
    .slice(0, 10);
}
