import { Button, Input } from 'antd';
import { go, useAddress } from '../address';
import { useWords } from '../language';
import { Card } from '../page/card';
import { OrgPicker } from '../page/org-picker';
import { CaseStoryView } from './case-story';
import { OpenCases } from './open-cases';
import '../styles/cases.css';
import '../texts/cases';
import '../texts/entries';
import '../texts/logging';

/** Requests: one as a time line, or all open ones by age. */
export default function Cases() {
  const { t } = useWords();
  const { case: code } = useAddress();
  const find = (typed: string) => go({ case: typed.trim() || undefined });
  return (
    <>
      <Card title={t('casesPage')} hint={t('casesHint')} actions={code === undefined ? <OrgPicker /> : undefined}>
        <div className="case-find" role="search">
          <Input.Search
            key={code}
            defaultValue={code}
            aria-label={t('findCase')}
            placeholder={t('findCase')}
            enterButton={t('findCaseDo')}
            autoComplete="off"
            spellCheck={false}
            onSearch={find}
          />
          {code !== undefined && (
            <Button type="link" onClick={() => go({ case: undefined })}>
              {t('findCaseBack')}
            </Button>
          )}
        </div>
        {code === undefined && <OpenCases />}
      </Card>
      {code !== undefined && <CaseStoryView key={code} code={code} />}
    </>
  );
}
