import { Controller, Get, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { Open } from '../access/needs';
import { OPEN_LIMIT } from '../access/rate-limits';
import { findRegistries, findProgress } from '../../../libs/indicators/registry.queries';

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly source: DataSource) {}

  @Open()
  @Get('live')
  @RouteConfig(OPEN_LIMIT)
  @ApiOperation({ summary: 'The process answers' })
  live() {
    return { status: 'live' };
  }

  @Open()
  @Get('ready')
  @RouteConfig(OPEN_LIMIT)
  @ApiOperation({ summary: 'Migrated, the demonstration loaded, no mark waiting; 503 until then' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    try {
      const [registry] = await findRegistries(this.source.manager);
      const waiting = registry ? (await findProgress(this.source.manager, registry.registryId)).waiting : 0;
      if (waiting > 0) void reply.status(503);
      return { status: waiting > 0 ? 'computing' : 'ready', waiting };
    } catch {
      void reply.status(503);
      return { status: 'database_unreachable' };
    }
  }
}
