import { ValidationPipe } from '@nestjs/common';
import { DomainError } from '../../libs/core/domain-error';

/** Checks queries against their DTO; an unknown or wrong parameter is refused by its name. */
export function queryValidation(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: ([first]) =>
      new DomainError(
        'parameter_not_readable',
        {
          zh: `参数“${first?.property}”无法识别或不可用。`,
          en: `The parameter "${first?.property}" is unknown or cannot be used.`,
        },
        { field: first?.property },
      ),
  });
}
