import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { INDICATORS } from '../../../libs/catalogue/indicators';
import { KINDS } from '../../../libs/catalogue/kinds';
import { METRICS } from '../../../libs/catalogue/metrics';
import { REASONS } from '../../../libs/catalogue/reasons';

@ApiTags('catalogue')
@Controller('api/catalogue')
export class CatalogueController {
  @Get()
  @ApiOperation({ summary: 'The definitions: kinds of entry, reasons, metrics, indicators' })
  read() {
    return { kinds: KINDS, reasons: REASONS, metrics: METRICS, indicators: INDICATORS };
  }
}
