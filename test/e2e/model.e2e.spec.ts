import { outlastsAnything } from '../model/outlasts';

outlastsAnything(500, 240_000);
