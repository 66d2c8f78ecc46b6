import { Alert, Button, Modal, Typography } from 'antd';
import { useWords } from '../language';

/** What the server says once and keeps no copy of. */
export interface Secret {
  readonly title: string;
  readonly hint: string;
  readonly text: string;
}

/** Closed by its button alone, so that a click beside it loses nothing. */
export function ShownOnce({ secret, close }: { secret: Secret; close: () => void }) {
  const { t } = useWords();
  return (
    <Modal
      open
      title={secret.title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={close}>
          {t('kept')}
        </Button>
      }
    >
      <p>{secret.hint}</p>
      <Typography.Paragraph className="secret shown-once" copyable={{ text: secret.text }}>
        {secret.text}
      </Typography.Paragraph>
      <Alert type="warning" title={t('shownOnce')} />
    </Modal>
  );
}
