import { outlastsAnything } from '../model/outlasts';
import { timesOf } from '../support/full-counts';

outlastsAnything(timesOf(100_000), 3 * 3_600_000);
