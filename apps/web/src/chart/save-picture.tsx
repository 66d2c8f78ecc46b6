import { DownloadOutlined } from '@ant-design/icons';
import { useRef } from 'react';
import { headingOf, saveFile } from '../figures/save-file';
import { useProvenance } from '../figures/use-provenance';
import { useWords } from '../language';
import { useView } from '../view';
import { drawPicture } from './draw-picture';

interface SavePictureProps {
  /** What the drawing shows, where its card has no heading. */
  title: string;
  drawing: () => SVGSVGElement | null | undefined;
}

/** Saves a drawing with what one has to know of it. */
export function SavePicture({ title, drawing }: SavePictureProps) {
  const { t } = useWords();
  const { period } = useView();
  const of = useProvenance();
  const button = useRef<HTMLButtonElement>(null);
  const save = async () => {
    const svg = drawing();
    if (!svg) return;
    const heading = headingOf(button.current) ?? title;
    const computed = of.computedAt && t('computedAt', { at: of.computedAt });
    const said = [
      [of.org, of.period],
      [of.demonstration, computed, of.seal],
    ].map((parts) => parts.filter(Boolean).join(' · '));
    saveFile(await drawPicture(svg, heading, said), `${heading} ${period}.png`);
  };
  return (
    <button
      ref={button}
      type="button"
      className="save-file"
      aria-label={`${t('savePicture')}${t('colon')}${title}`}
      onClick={() => void save()}
    >
      <DownloadOutlined aria-hidden="true" /> {t('savePicture')}
    </button>
  );
}
