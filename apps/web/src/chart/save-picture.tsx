import { DownloadOutlined } from '@ant-design/icons';
import type { RefObject } from 'react';
import { sayInstant } from '../figures/format';
import { sayPeriod } from '../figures/period-names';
import { useWords } from '../language';
import { useSealSaid } from '../months/use-seal-said';
import { useView } from '../view';
import { drawPicture } from './draw-picture';

interface SavePictureProps {
  /** What the drawing shows, where its card has no heading. */
  title: string;
  drawing: RefObject<HTMLElement | null>;
}

/** Saves a drawing with what one has to know of it: of whom, of when, and whether it is sealed. */
export function SavePicture({ title, drawing }: SavePictureProps) {
  const words = useWords();
  const { t, name } = words;
  const { org, orgs, period, status } = useView();
  const seal = useSealSaid();
  const save = async () => {
    const svg = drawing.current?.querySelector('svg');
    if (!svg) return;
    const heading = drawing.current?.closest('.card')?.querySelector('h2')?.textContent ?? title;
    const of = orgs.get(org);
    const said = [
      [of ? name(of) : org, sayPeriod(period, words)],
      [
        status.registry?.demonstration ? t('demonstration') : undefined,
        status.computedAt ? t('computedAt', { at: sayInstant(status.computedAt) }) : undefined,
        seal?.said,
      ],
    ].map((parts) => parts.filter(Boolean).join(' · '));
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await drawPicture(svg, heading, said));
    link.download = `${heading} ${period}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  };
  return (
    <button
      type="button"
      className="save-picture"
      aria-label={`${t('savePicture')}：${title}`}
      onClick={() => void save()}
    >
      <DownloadOutlined aria-hidden="true" /> {t('savePicture')}
    </button>
  );
}
