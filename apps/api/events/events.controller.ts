import { Controller, Get, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../../../libs/accounts/authenticate';
import { AskingCaller, ByItself, Needs, type AuthenticatedRequest } from '../access/needs';
import { EventStreams } from './event-streams.service';

const TYPE = 'text/event-stream';

@ApiTags('events')
@Controller('api/events')
export class EventsController {
  constructor(private readonly streams: EventStreams) {}

  @Needs('catalogue.read')
  @ByItself()
  @Get()
  @ApiOperation({
    summary: 'That something has moved, as server-sent events; what it is now, has to be asked for',
    description:
      '`figures`: how far the ledger and its values have come. `import`: one of your orgs, to who may import, has gone on. The stream ends with the session or the token.',
  })
  @ApiProduces(TYPE)
  open(
    @AskingCaller() caller: Caller,
    @Req() { callerNow }: AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): StreamableFile {
    const stream = this.streams.open(caller, callerNow ?? (() => Promise.resolve(caller)));
    // A proxy that gathers an answer would hold it back.
    void reply.type(TYPE).header('x-accel-buffering', 'no');
    return new StreamableFile(stream.body);
  }
}
