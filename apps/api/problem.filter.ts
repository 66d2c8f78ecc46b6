import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { QueryFailedError } from 'typeorm';
import { DomainError } from '../../libs/core/domain-error';
import { noteProblem } from './audit/refusal';
import { faultOf } from './fault';

/** What a refusal means in HTTP; whatever is not named here is the sender's input, 422. */
const STATUS: Readonly<Record<string, number>> = {
  no_registry: 409,
  entry_differs: 409,
  already_reversed: 409,
  entry_rested_on: 409,
  entry_unknown: 404,
  evidence_unknown: 404,
  finding_unknown: 404,
  finding_gone: 409,
  assessment_unknown: 404,
  assessment_file_unknown: 404,
  form_unknown: 404,
  assessment_not_in_state: 409,
  assessment_changed: 409,
  assessment_written_meanwhile: 409,
  assessment_version_unknown: 409,
  assessment_months_open: 409,
  assessment_moved: 409,
  assessment_figures_moved: 409,
  assessment_moving: 409,
  assessment_incomplete: 409,
  maker_is_checker: 403,
  comment_unknown: 404,
  step_unknown: 404,
  worklist_unknown: 404,
  subscription_unknown: 404,
  delivery_unknown: 404,
  month_unknown: 404,
  month_order: 409,
  month_not_over: 409,
  month_not_closed: 409,
  month_not_submitted: 409,
  month_waiting: 409,
  subscription_exists: 409,
  subscription_not_live: 409,
  delivery_not_dead: 409,
  job_unknown: 404,
  job_not_failed: 409,
  job_queue_unreachable: 503,
  import_unknown: 404,
  import_file_removed: 410,
  import_not_in_state: 409,
  import_being_read: 409,
  proposal_outdated: 409,
  source_busy: 409,
  file_too_large: 413,
  too_many_entries: 413,
  body_not_readable: 400,
  body_encoded: 415,
  form_not_readable: 400,
  not_found: 404,
  host_unknown: 421,
  origin_foreign: 403,
  sign_in_needed: 401,
  sign_in_refused: 401,
  second_factor_needed: 401,
  sign_in_ambiguous: 409,
  sign_in_locked: 429,
  too_many_requests: 429,
  too_many_streams: 429,
  effect_busy: 429,
  too_busy: 503,
  too_many_parts: 413,
  page_header_missing: 403,
  permission_missing: 403,
  password_change_needed: 403,
  second_factor_enrolment_needed: 403,
  second_factor_in_force: 409,
  account_needed: 403,
  org_out_of_reach: 403,
  keep_gaps_refused: 403,
  setup_link_refused: 403,
  account_unknown: 404,
  token_unknown: 404,
  account_name_taken: 409,
  demonstration_account: 409,
  last_administrator: 409,
  own_account: 409,
};

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  /** In the reader's language. */
  readonly detail: string;
  readonly detailEn: string;
  readonly [name: string]: unknown;
}

/** RFC 9457, with a stable code and a sentence in the reader's language. */
export function problemOf(error: DomainError, language: string | undefined): Problem {
  const status = STATUS[error.code] ?? 422;
  const english = /^en\b/i.test(language ?? '');
  return {
    ...error.details,
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code: error.code,
    detail: english ? error.sentence.en : error.sentence.zh,
    detailEn: error.sentence.en,
  };
}

/** How the reader of forms calls what is one too many. */
const TOO_MANY_PARTS: ReadonlySet<unknown> = new Set(['FST_FILES_LIMIT', 'FST_FIELDS_LIMIT', 'FST_PARTS_LIMIT']);

@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    noteProblem(request, thrown);
    const problem = problemOf(this.toDomainError(thrown, request), request.headers['accept-language']);
    const status = thrown instanceof DomainError ? problem.status : statusOf(thrown);
    const { retryAfter } = problem;
    if (typeof retryAfter === 'number') void reply.header('retry-after', String(retryAfter));
    void reply
      .status(status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send({ ...problem, status, title: STATUS_CODES[status] ?? problem.title });
  }

  private toDomainError(thrown: unknown, request: FastifyRequest): DomainError {
    if (thrown instanceof DomainError) return thrown;
    if (isNotStorable(thrown)) {
      return new DomainError('text_not_readable', {
        zh: '文字中有不能保存的字符。',
        en: 'The text holds characters that cannot be kept.',
      });
    }
    const status = statusOf(thrown);
    if (status === 404) {
      return new DomainError('not_found', { zh: '没有这个地址。', en: 'There is nothing at this address.' });
    }
    if (TOO_MANY_PARTS.has((thrown as { code?: unknown }).code)) {
      return new DomainError('too_many_parts', {
        zh: '一次只能上传一个文件，并且表单里不能有多余的项。请一个一个地上传。',
        en: 'A form holds one file and no more fields than are known. Upload one file at a time.',
      });
    }
    if (status === 413) {
      const kib = Number(request.routeOptions.bodyLimit) / 1024;
      const most = kib < 1024 ? `${kib} KiB` : `${kib / 1024} MiB`;
      return new DomainError('body_too_large', { zh: `内容超过 ${most}。`, en: `The body is larger than ${most}.` });
    }
    if (status === 415 || status === 400) {
      return new DomainError('body_not_readable', {
        zh: '请求内容无法识别，应为 JSON。',
        en: 'The request cannot be read; JSON is expected.',
      });
    }
    this.logger.error(faultOf(thrown));
    return new DomainError('internal', {
      zh: '程序出错，已记入日志。请稍后再试；登记若未得到答复，可用同一编号重发。',
      en: 'The program failed; the fault is in the log. Try again; an entry without an answer can be sent again with its id.',
    });
  }
}

/** PostgreSQL's words for a zero character, or half of a surrogate pair, wherever in a request it stood. */
function isNotStorable(thrown: unknown): boolean {
  if (!(thrown instanceof QueryFailedError)) return false;
  return ['22021', '22P05'].includes((thrown.driverError as { code?: string }).code ?? '');
}

function statusOf(thrown: unknown): number {
  if (isNotStorable(thrown)) return 422;
  if (thrown instanceof HttpException) return thrown.getStatus();
  const status = (thrown as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
