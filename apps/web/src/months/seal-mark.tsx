import { LockOutlined } from '@ant-design/icons';
import { useSealSaid } from './use-seal-said';

/** Beside the period that is shown: whether it is sealed. */
export function SealMark() {
  const seal = useSealSaid();
  if (!seal) return null;
  return (
    <span className="seal-mark" role="img" aria-label={seal.said} title={seal.said}>
      <LockOutlined aria-hidden="true" /> {seal.short}
    </span>
  );
}
