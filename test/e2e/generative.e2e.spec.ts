import { throwAtTheApi } from '../support/generative';

it(
  '2,000 random entries, reversals and rows of files are each answered, none is lost, and the ledger adds up',
  () => throwAtTheApi(2_000),
  120_000,
);
