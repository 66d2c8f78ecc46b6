import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { FAMILIES } from '../../../libs/catalogue/families';
import { INDICATORS } from '../../../libs/catalogue/indicators';
import { KINDS } from '../../../libs/catalogue/kinds';
import { METRICS } from '../../../libs/catalogue/metrics';
import { REASONS } from '../../../libs/catalogue/reasons';
import { Needs } from '../access/needs';

@ApiTags('catalogue')
@Controller('api/catalogue')
export class CatalogueController {
  @Needs('catalogue.read')
  @Get()
  @ApiOperation({ summary: 'The definitions: kinds of entry and their families, reasons, metrics, indicators' })
  read() {
    const families = FAMILIES.map(({ kinds, ...family }) => ({ ...family, kinds: kinds.map(({ code }) => code) }));
    return { families, kinds: KINDS, reasons: REASONS, metrics: METRICS, indicators: INDICATORS };
  }
}
