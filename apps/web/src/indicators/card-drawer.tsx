import { Drawer } from 'antd';
import { go, useAddress } from '../address';
import { useWords } from '../language';
import { useView } from '../view';
import { DefinitionCard } from './definition-card';
import '../texts/indicators';

/** What the figure means that the address names, over whichever page it is asked on. */
export default function CardDrawer() {
  const { t, label } = useWords();
  const { metrics, indicators } = useView();
  const key = useAddress().card;
  const definition = key === undefined ? undefined : (metrics.get(key) ?? indicators.get(key));
  if (key === undefined || !definition) return null;
  return (
    <Drawer
      open
      size="min(640px, 100vw)"
      onClose={() => go({ card: undefined })}
      title={t('whatItMeans', { title: label(definition.label) })}
      styles={{ body: { padding: 0 } }}
    >
      <div className="indicator">
        <DefinitionCard indicator={key} />
      </div>
    </Drawer>
  );
}
