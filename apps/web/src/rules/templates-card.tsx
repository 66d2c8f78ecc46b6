import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, notification, Upload } from 'antd';
import { postFile, remove } from '../api/request';
import { templatesQuery, type TemplateState } from '../api/rules';
import { sayInstant } from '../figures/format';
import { useWords, type Words } from '../language';
import { Card, CardSkeleton } from '../page/card';
import { Failure, useProblemSentence } from '../page/failure';
import { useSession } from '../session/gate';

const FORMS = ['hunan', 'hunan_project', 'jiangsu', 'suzhou', 'district', 'station'] as const;
const DOCX = '.docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Also where an assessment's papers show them. */
const TEMPLATES = [templatesQuery.queryKey, ['report-templates']];

/** What the reports are written from, to be taken, edited in Word and handed back. */
export function TemplatesCard() {
  const words = useWords();
  const { t } = words;
  const { permissions } = useSession();
  const queries = useQueryClient();
  const say = useProblemSentence();
  const [toast, toasts] = notification.useNotification({ placement: 'bottomRight' });
  const { data, error, refetch } = useQuery(templatesQuery);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <CardSkeleton height={240} />;
  const may = permissions.includes('assessments.write');
  const change = async (work: Promise<unknown>, done: string) => {
    try {
      await work;
      toast.success({ title: done });
    } catch (refused) {
      toast.error({ title: say(refused), duration: 12 });
    }
    for (const queryKey of TEMPLATES) void queries.invalidateQueries({ queryKey });
  };
  return (
    <Card title={t('templates')} hint={t('templatesHint')}>
      {toasts}
      <table className="templates">
        <caption className="away">{t('templates')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('templateForm')}</th>
            <th scope="col">{t('templateNow')}</th>
            <th scope="col">
              <span className="away">{t('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.map((template) => {
            const form = formName(template, words);
            const { own } = template;
            return (
              <tr key={template.form}>
                <th scope="row">{form}</th>
                <td>{own ? t('templateOwn', { ...own, at: sayInstant(own.at) }) : t('templateShipped')}</td>
                <td className="template-actions">
                  <Button
                    size="small"
                    aria-label={t('templateTakeOf', { form })}
                    href={`/api/report-templates/${template.form}`}
                    download
                  >
                    {t('templateTake')}
                  </Button>
                  {may && (
                    <Upload
                      accept={DOCX}
                      showUploadList={false}
                      beforeUpload={(file) => {
                        const path = `/report-templates/${template.form}`;
                        void change(postFile(path, file, {}, 'PUT'), t('templateTaken'));
                        return false;
                      }}
                    >
                      <Button size="small" aria-label={t('templateGiveOf', { form })}>
                        {t('templateGive')}
                      </Button>
                    </Upload>
                  )}
                  {may && own && (
                    <Button
                      size="small"
                      aria-label={t('templateResetOf', { form })}
                      onClick={() => void change(remove(`/report-templates/${template.form}`), t('templateWentBack'))}
                    >
                      {t('templateReset')}
                    </Button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Card>
  );
}

function formName({ form }: TemplateState, { t }: Words): string {
  const known = FORMS.find((one) => one.replace('_', '-') === form);
  return known ? t(`templateOf_${known}`) : form;
}
