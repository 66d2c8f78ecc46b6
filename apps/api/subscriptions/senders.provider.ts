import type { Provider } from '@nestjs/common';
import { readEnvironment } from '../../../libs/config/environment';
import { sendersOf } from '../../../libs/deliveries/office-senders';
import type { Senders } from '../../../libs/deliveries/senders';

/** The injection token of what notices are sent with. */
export const SENDERS = Symbol('senders');

export const OFFICE_SENDERS: Provider<Senders> = { provide: SENDERS, useFactory: () => sendersOf(readEnvironment()) };
