import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { DomainError } from '../../libs/core/domain-error';
import type { Random } from '../../libs/demonstration/random';
import { recompute } from '../../libs/indicators/recompute';
import { appendEntries } from '../../libs/ledger/append';
import type { EntryInput } from '../../libs/ledger/entry-input';
import { reverseEntries } from '../../libs/ledger/reverse';
import { entry, REGISTRY, WRITER } from './small-registry';

const PER_CALL = 20;

/** So many late facts and reversals of the first three months of 2023, all of which are closed. */
export async function lateEdits(source: DataSource, random: Random, count: number): Promise<void> {
  const restedOn: string[] = [];
  for (let done = 0; done < count; done += PER_CALL) {
    const rows = Array.from({ length: PER_CALL }, () => lateFact(random));
    await appendEntries(source, rows, WRITER);
    const closed: { id: string }[] = await source.query(
      `select e.id from entry e
        where e.registry_id = $1 and e.posted_month < '2023-04-01' and e.reverses is null and e.id <> all($2::uuid[])
          and not exists (select from entry r where r.registry_id = $1 and r.reverses = e.id) order by e.id limit 1`,
      [REGISTRY, restedOn],
    );
    for (const { id } of closed) {
      const reversal = { id: randomUUID(), reverses: id, justification: '登记有误' };
      try {
        await reverseEntries(source, [reversal], WRITER);
      } catch (error) {
        // One that others rest on stays.
        if (!(error instanceof DomainError)) throw error;
        restedOn.push(id);
      }
    }
    if (random.chance(0.3)) await recompute(source, REGISTRY);
  }
}

function lateFact(random: Random): EntryInput {
  const org = random.pick({ P: 1, A: 4, A1: 2, B: 3 });
  const day = `2023-0${random.between(1, 3)}-${String(random.between(1, 28)).padStart(2, '0')}`;
  const common = { org, occurredOn: day, justification: '乡镇表迟到' };
  const donorCode = `L${random.between(1, 40)}`;
  switch (random.pick({ tally: 4, nil: 1, contact: 3 })) {
    case 'tally': {
      const kind = random.pick({ RecruitmentRegistered: 2, SampleCollected: 1, DonorEnrolled: 2 });
      return entry({ ...common, kind, quantity: String(random.between(1, 60)) });
    }
    case 'nil':
      return entry({ ...common, kind: random.pick({ ScreenRequested: 1, DonorWithdrawn: 1 }), quantity: '0' });
    case 'contact': {
      const outcome = random.pick({ confirmed: 2, reached: 1 });
      return entry({ ...common, kind: 'RetentionContacted', outcome, donorCode });
    }
  }
}

/** The seals and all that closed periods show, as text: what nothing that comes late may change. */
export async function sealedBytes(source: DataSource, registryId: number): Promise<string> {
  const [sealed] = await source.query(
    `with shown as (
        select concat_ws(' ', 'metric', v.org, v.own, v.period, v.key, v.state, v.value, v.version) as row
        from metric_value v where v.registry_id = $1 and v.period in (select period from seal where registry_id = $1)
        union all
        select concat_ws(' ', 'indicator', v.org, v.own, v.period, v.key, v.state, coalesce(v.value::text, '-'),
          coalesce(v.numerator::text, '-'), v.denominator, v.version)
        from indicator_value v where v.registry_id = $1 and v.period in (select period from seal where registry_id = $1)
        union all
        select s::text from seal s where s.registry_id = $1
        union all
        select s::text from sealed_value s where s.registry_id = $1
      )
      select string_agg(row, E'\\n' order by row collate "C") as bytes from shown`,
    [registryId],
  );
  return sealed.bytes;
}
