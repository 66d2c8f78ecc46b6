import type { ImportPhase, ImportRecord } from '../../../libs/intake/import-record';

/** How far an import has come. */
export interface ImportProgress {
  readonly phase: ImportPhase;
  readonly percent: number | null;
  /** Of entries, while they are posted. */
  readonly posted: number;
  /** At the speed until now; null while that is not known. */
  readonly secondsLeft: number | null;
}

export type ImportView = Omit<
  ImportRecord,
  'registryId' | 'sourceId' | 'phase' | 'done' | 'total' | 'proposedVersion'
> & {
  readonly progress: ImportProgress;
};

/** An import as the API shows it. */
export function viewOf(record: ImportRecord): ImportView {
  const { registryId, sourceId, phase, done, total, proposedVersion, ...view } = record;
  const begun = phase === 'read' ? record.createdAt : phase === 'post' ? record.acceptedAt : null;
  const seconds = begun === null ? null : (record.progressedAt.getTime() - begun.getTime()) / 1000;
  const known = total === null || total === 0 ? null : Math.min(1, done / total);
  const share = record.state === 'done' ? 1 : known;
  const secondsLeft = seconds !== null && share ? Math.round((seconds * (1 - share)) / share) : null;
  const percent = share === null ? null : Math.floor(share * 100);
  return { ...view, progress: { phase, percent, posted: record.entriesPosted, secondsLeft } };
}
