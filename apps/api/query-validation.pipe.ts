import { ValidationPipe } from '@nestjs/common';
import { DomainError } from '../../libs/core/domain-error';

/** Checks queries against their DTO; an unknown or wrong parameter is refused by its name. */
export function queryValidation(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: ([first]) =>
      first && first.value === undefined && !('whitelistValidation' in (first.constraints ?? {}))
        ? refusal('parameter_missing', first.property, '必须写', 'is needed')
        : refusal('parameter_not_readable', first?.property, '无法识别或不可用', 'is unknown or cannot be used'),
  });
}

function refusal(code: string, field: string | undefined, zh: string, en: string): DomainError {
  return new DomainError(code, { zh: `参数“${field}”${zh}。`, en: `The parameter "${field}" ${en}.` }, { field });
}
