import { Button, Checkbox, Input, Select } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { dateInShanghai } from '../../../../libs/core/period';
import { go, useAddress, type AddressField } from '../address';
import { kindName, reasonName } from '../entries/entry-words';
import { useWords } from '../language';
import { useView } from '../view';
import { NO_SEARCH, SEARCH_FIELDS } from './ledger-address';

const SOURCES = ['form', 'import', 'api', 'submit', 'demonstration'] as const;
const LATER: readonly AddressField[] = ['posted', 'reason', 'note', 'by', 'source'];

/** What is looked for; it stands in the address, so that the list can be sent to a colleague. */
export function LedgerSearchForm() {
  const words = useWords();
  const { t, label } = words;
  const view = useView();
  const address = useAddress();
  const kind = view.kinds.get(address.kind ?? '');
  const [more, setMore] = useState(() => LATER.some((field) => address[field] !== undefined));
  const asks = SEARCH_FIELDS.some((field) => address[field] !== undefined);
  const set = (field: AddressField, value: string | undefined) => go({ [field]: value || undefined }, 'replace');
  const kinds = useMemo(
    () => [
      { value: '', label: t('searchKindAny') },
      ...view.catalogue.families.map((family) => ({
        label: label(family.label),
        options: family.kinds.map((code) => ({ value: code, label: kindName(code, view, words) })),
      })),
    ],
    [view, words, t, label],
  );
  const any = { value: '', label: t('searchAny') };
  const reasons = [
    ...new Set([...(kind?.reasons ?? []), ...(kind?.outcomes?.flatMap((one) => one.reasons ?? []) ?? [])]),
  ];
  return (
    <form
      className="ledger-search"
      role="search"
      aria-label={t('searchEntries')}
      onSubmit={(event) => event.preventDefault()}
    >
      <Field label={t('searchCode')}>
        <Typed field="code" placeholder={t('searchCodeHint')} />
      </Field>
      <Field label={t('searchKind')}>
        <Select
          aria-label={t('searchKind')}
          value={address.kind ?? ''}
          options={kinds}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          onChange={(code: string) => go({ kind: code || undefined, outcome: undefined, reason: undefined }, 'replace')}
        />
      </Field>
      {kind?.outcomes && (
        <Field label={t('searchOutcome')}>
          <Select
            aria-label={t('searchOutcome')}
            value={address.outcome ?? ''}
            options={[any, ...kind.outcomes.map((one) => ({ value: one.code, label: label(one.label) }))]}
            onChange={(code: string) => set('outcome', code)}
          />
        </Field>
      )}
      <Field label={t('searchSince')}>
        <Typed field="since" type="date" max={dateInShanghai(new Date())} />
      </Field>
      <Field label={t('searchUntil')}>
        <Typed field="until" type="date" max={dateInShanghai(new Date())} />
      </Field>
      {more && (
        <>
          <Field label={t('searchPosted')}>
            <Typed field="posted" type="month" />
          </Field>
          {reasons.length > 0 && (
            <Field label={t('searchReason')}>
              <Select
                aria-label={t('searchReason')}
                value={address.reason ?? ''}
                options={[any, ...reasons.map((code) => ({ value: code, label: reasonName(code, view, words) }))]}
                onChange={(code: string) => set('reason', code)}
              />
            </Field>
          )}
          <Field label={t('searchNote')}>
            <Typed field="note" />
          </Field>
          <Field label={t('searchBy')}>
            <Typed field="by" />
          </Field>
          <Field label={t('searchSource')}>
            <Select
              aria-label={t('searchSource')}
              value={address.source ?? ''}
              options={[any, ...SOURCES.map((value) => ({ value, label: t(`source_${value}`) }))]}
              onChange={(code: string) => set('source', code)}
            />
          </Field>
        </>
      )}
      <div className="ledger-search-end">
        <Checkbox
          checked={address.standing === '1'}
          onChange={({ target }) => set('standing', target.checked ? '1' : undefined)}
        >
          {t('searchStanding')}
        </Checkbox>
        {address.import !== undefined && (
          <Checkbox checked onChange={() => set('import', undefined)}>
            {t('searchImport')}
          </Checkbox>
        )}
        <Button type="link" size="small" aria-expanded={more} onClick={() => setMore(!more)}>
          {t('searchMore')}
        </Button>
        {asks && (
          <Button type="link" size="small" onClick={() => go(NO_SEARCH, 'replace')}>
            {t('searchClear')}
          </Button>
        )}
      </div>
    </form>
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className="ledger-field">
      <span>{label}</span>
      {children}
    </label>
  );
}

interface TypedProps {
  field: AddressField;
  type?: 'date' | 'month';
  max?: string;
  placeholder?: string;
}

/** A field that is asked for once it is left, or Enter is pressed. */
function Typed({ field, type, max, placeholder }: TypedProps) {
  const asked = useAddress()[field] ?? '';
  const ask = (value: string) => {
    if (value.trim() !== asked) go({ [field]: value.trim() || undefined }, 'replace');
  };
  return (
    <Input
      key={asked}
      type={type}
      max={max}
      defaultValue={asked}
      placeholder={placeholder}
      autoComplete="off"
      spellCheck={false}
      allowClear={type === undefined}
      onChange={({ target, type: how }) => {
        if (type !== undefined || how === 'click') ask(target.value);
      }}
      onBlur={({ target }) => ask(target.value)}
      onPressEnter={({ currentTarget }) => ask(currentTarget.value)}
    />
  );
}
