import { timesOf } from '../support/full-counts';
import { throwAtTheApi } from '../support/generative';

const ROWS = timesOf(100_000);

it(
  `${ROWS} random entries, reversals and rows of files are each answered, none is lost, and the ledger adds up`,
  () => throwAtTheApi(ROWS),
  3_600_000,
);
