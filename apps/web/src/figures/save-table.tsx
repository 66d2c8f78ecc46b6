import { DownloadOutlined } from '@ant-design/icons';
import type { RefObject } from 'react';
import { postForFile } from '../api/request';
import { useWords } from '../language';
import { useAct } from '../session/use-act';
import { useView } from '../view';
import { readTable } from './read-table';
import { headingOf, saveFile } from './save-file';
import { useProvenance } from './use-provenance';

interface SaveTableProps {
  /** What the table shows. */
  title: string;
  table: RefObject<HTMLTableElement | null>;
}

/** Saves a table's rows, as they are shown, with what one has to know of them, as a workbook. */
export function SaveTable({ title, table }: SaveTableProps) {
  const { t } = useWords();
  const { period, status } = useView();
  const of = useProvenance();
  const { act, busy, refusal } = useAct();
  const save = () =>
    act(async () => {
      if (!table.current) return;
      const heading = headingOf(table.current) ?? title;
      const said = {
        numerator: t('numerator'),
        denominator: t('denominator'),
        unit: t('savedUnit'),
        note: t('savedNote'),
      };
      const head = [
        [t('savedTable'), heading === title ? title : `${heading} · ${title}`],
        [t('savedOrg'), of.org],
        [t('savedPeriod'), of.period],
        [t('savedPosition'), status.computedPosition],
        [t('savedComputedAt'), of.computedAt],
        [t('savedSeal'), of.seal],
        [t('savedNotice'), of.demonstration],
      ].filter(([, text]) => text !== undefined);
      const name = `${title} ${of.org} ${period}`;
      saveFile(await postForFile('/tables', { name, head, ...readTable(table.current, said) }), `${name}.xlsx`);
    });
  return (
    <p className="save-line">
      {refusal !== undefined && <span role="alert">{refusal}</span>}
      <button
        type="button"
        className="save-file"
        aria-label={t('saveTableOf', { title })}
        disabled={busy}
        onClick={() => void save()}
      >
        <DownloadOutlined aria-hidden="true" /> {t('saveTable')}
      </button>
    </p>
  );
}
