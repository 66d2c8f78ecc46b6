import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { Principal } from '../../../libs/accounts/principal';
import { cardsOf, type Card } from '../../../libs/catalogue/card';
import { compareVersions, type CardComparison } from '../../../libs/catalogue/card-comparison';
import { KeyUnknown } from '../../../libs/indicators/values';
import { currentDefinitions } from '../../../libs/metrics/definitions';
import { Asking, Needs } from '../access/needs';
import { CardQuery } from './cards.dto';

@ApiTags('catalogue')
@Controller('api/catalogue/cards')
@Needs('catalogue.read')
export class CardsController {
  constructor(private readonly source: DataSource) {}

  @Get()
  @ApiOperation({ summary: 'The card of every metric and indicator: what it means, since when, and by whose choice' })
  async list(@Asking() { registryId }: Principal): Promise<{ cards: Card[] }> {
    return { cards: cardsOf(await currentDefinitions(this.source.manager, registryId)) };
  }

  @Get(':key')
  @ApiOperation({ summary: 'One card; with `compare`, what its second version says otherwise than its first' })
  async read(
    @Asking() { registryId }: Principal,
    @Param('key') key: string,
    @Query() { compare }: CardQuery,
  ): Promise<Card | CardComparison> {
    const cards = cardsOf(await currentDefinitions(this.source.manager, registryId));
    const card = cards.find((one) => one.key === key);
    if (!card) throw new KeyUnknown(key);
    return compare === undefined ? card : compareVersions(card, compare);
  }
}
