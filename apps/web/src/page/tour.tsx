import { Tour as Steps } from 'antd';
import { useWords } from '../language';
import '../texts/tour';

const TARGETS = [undefined, '.toolbar', '.tiles', '.tiles + .card', '.menu'] as const;

/** The demonstration year in five steps. */
export default function Tour({ close }: { close: () => void }) {
  const { t } = useWords();
  const steps = TARGETS.map((selector, at) => {
    const number = (at + 1) as 1 | 2 | 3 | 4 | 5;
    return {
      title: t(`tour_${number}`),
      description: t(`tour_${number}_text`),
      target: selector ? () => document.querySelector<HTMLElement>(selector)! : undefined,
      nextButtonProps: { children: t(at === TARGETS.length - 1 ? 'tourEnd' : 'tourNext') },
      prevButtonProps: { children: t('tourBack') },
    };
  });
  return <Steps open onClose={close} onFinish={close} steps={steps} />;
}
