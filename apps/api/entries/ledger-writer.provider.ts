import type { FactoryProvider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LedgerWriter } from '../../../libs/ledger/ledger-writer';

export const LEDGER_WRITER: FactoryProvider<LedgerWriter> = {
  provide: LedgerWriter,
  inject: [DataSource],
  useFactory: (source: DataSource) => new LedgerWriter(source),
};
