import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { deliverDue } from '../../../libs/deliveries/deliver-due';
import { listDeliveries, queueTest, resendDelivery, theDelivery } from '../../../libs/deliveries/deliveries';
import type { DeliveryRow } from '../../../libs/deliveries/deliveries.queries';
import type { Senders } from '../../../libs/deliveries/senders';
import { TOPICS, WAYS } from '../../../libs/deliveries/subscription-input';
import { endSubscription, listSubscriptions, makeSubscription } from '../../../libs/deliveries/subscriptions';
import { bodyOf, TEXT } from '../access/body-schema';
import { readFields } from '../access/json-body';
import { Asking, Needs } from '../access/needs';
import { SENDERS } from './senders.provider';

const TOPIC = { type: 'string', enum: [...TOPICS] };
const PROVING = [
  'A webhook is a POST of JSON, as /api/feed/schema.json describes it, with the headers `X-Marrow-Delivery` (an id:',
  'the same message may come twice, and has the same id then; do it once), `X-Marrow-Timestamp` (seconds since 1970)',
  'and `X-Marrow-Signature`: `sha256=` and the HMAC-SHA-256, in hexadecimal, of the timestamp, a full stop and the',
  'body as it came, keyed by the secret. Compare it in constant time, and refuse a timestamp older than five minutes.',
  'Answer 2xx within ten seconds once you have it; anything else is tried again after 1, 5 and 30 minutes, 2, 6 and',
  '24 hours, and is then given up until it is resent. Redirects are not followed.',
].join(' ');
const VIA = { type: 'string', enum: [...WAYS] };

@ApiTags('subscriptions')
@Controller('api/subscriptions')
@Needs('subscriptions.own')
export class SubscriptionsController {
  constructor(
    private readonly source: DataSource,
    @Inject(SENDERS) private readonly senders: Senders,
  ) {}

  @Get()
  @ApiOperation({ summary: "The caller's own subscriptions to notices; to an administrator all of their orgs" })
  async list(@Asking() principal: Principal) {
    const subscriptions = await listSubscriptions(this.source.manager, principal);
    return { subscriptions, mail: this.senders.mail !== null };
  }

  @Post()
  @ApiOperation({ summary: "A new subscription; a webhook's secret is shown this once", description: PROVING })
  @ApiBody(bodyOf({ topic: TOPIC, via: VIA, address: TEXT, org: TEXT }, ['topic', 'via', 'address']))
  make(@Asking() principal: Principal, @Body() body: unknown): Promise<{ id: string; secret: string | null }> {
    const input = readFields(body, ['topic', 'via', 'address', 'org']);
    return this.source.transaction((manager) => makeSubscription(manager, principal, this.senders, input));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End a subscription; what was still to be sent is not' })
  async end(@Asking() principal: Principal, @Param('id') id: string): Promise<void> {
    await this.source.transaction((manager) => endSubscription(manager, principal, id));
  }

  @Get(':id/deliveries')
  @ApiOperation({ summary: 'What was sent lately, what is still tried, and what was given up, with the reason' })
  async deliveries(@Asking() principal: Principal, @Param('id') id: string): Promise<{ deliveries: DeliveryRow[] }> {
    return { deliveries: await listDeliveries(this.source.manager, principal, id) };
  }

  @Post(':id/deliveries/:delivery/resend')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send one again that was given up, within a minute and under the same id' })
  async resend(
    @Asking() principal: Principal,
    @Param('id') id: string,
    @Param('delivery') delivery: string,
  ): Promise<{ delivery: DeliveryRow }> {
    return this.source.transaction(async (manager) => {
      await resendDelivery(manager, principal, id, delivery, new Date());
      return { delivery: await theDelivery(manager, principal, id, delivery) };
    });
  }

  @Post(':id/test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send a test notice now, and say whether it arrived; one a minute' })
  async test(@Asking() principal: Principal, @Param('id') id: string): Promise<{ delivery: DeliveryRow }> {
    const now = new Date();
    const queued = await this.source.transaction((manager) => queueTest(manager, principal, id, now));
    await deliverDue(this.source, this.senders, now, queued);
    return { delivery: await theDelivery(this.source.manager, principal, id, queued) };
  }
}
