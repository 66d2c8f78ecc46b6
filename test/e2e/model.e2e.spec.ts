import { outlastsAnything } from '../model/outlasts';

outlastsAnything(500, 600_000);
