import { Button } from 'antd';
import { useState } from 'react';
import type { AssessmentPlace, OpenedAssessment } from '../api/assessments';
import { useWords } from '../language';
import { Card } from '../page/card';
import { BudgetDrawer } from './budget-drawer';
import { BudgetTable } from './budget-table';
import { useMayWrite } from './use-may';

interface BudgetCardProps {
  place: AssessmentPlace;
  opened: OpenedAssessment;
  say: (done: string) => void;
}

/** The form's own budget table, which is typed. */
export function BudgetCard({ place, opened, say }: BudgetCardProps) {
  const { t } = useWords();
  const may = useMayWrite(opened);
  const [typing, setTyping] = useState(false);
  const { budgetTable: printed, stage } = opened.filled;
  if (!printed) return null;
  // In July nothing is scored.
  const columns = printed.columns.filter(({ key }) => stage === 'year' || (key !== 'weight' && key !== 'score'));
  const table = { ...printed, columns };
  return (
    <Card
      title={`${table.title}${t('inWan')}`}
      hint={t('budgetHint')}
      actions={may && <Button onClick={() => setTyping(true)}>{t('budgetFill')}</Button>}
    >
      <BudgetTable table={table} rows={opened.filled.budget} />
      {typing && (
        <BudgetDrawer
          place={place}
          opened={opened}
          table={table}
          close={(done) => {
            setTyping(false);
            if (done !== undefined) say(done);
          }}
        />
      )}
    </Card>
  );
}
