import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { parsePeriod } from '../../../../libs/core/period';
import { useWords } from '../language';
import { useView } from '../view';

const FORMATS = { docx: 'bulletinDocx', xlsx: 'bulletinXlsx' } as const;

/** The bulletin of the month that is looked at: of a longer period its last month that has data. */
export function BulletinMenu() {
  const { t } = useWords();
  const { period, org, status } = useView();
  const { firstMonth, lastMonth } = parsePeriod(period);
  const month = [lastMonth, status.latestMonth ?? lastMonth].sort()[0] ?? lastMonth;
  if (month < firstMonth) return null;
  const query = new URLSearchParams({ org });
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: (['docx', 'xlsx'] as const).map((format) => ({
          key: format,
          label: (
            <a href={`/api/bulletins/${month}?format=${format}&${query}`} download>
              {t(FORMATS[format])}
            </a>
          ),
        })),
      }}
    >
      <Button icon={<DownloadOutlined aria-hidden="true" />}>{t('bulletin', { month })}</Button>
    </Dropdown>
  );
}
