import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { DomainError } from '../../libs/core/domain-error';

/** Checks queries against their DTO; an unknown or wrong parameter is refused by its name. */
export function queryValidation(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: ([first]) => {
      if (first && first.value === undefined && !('whitelistValidation' in (first.constraints ?? {}))) {
        return refusal('parameter_missing', first.property, '必须写', 'is needed');
      }
      const { zh = '无法识别或不可用', en = 'is unknown or cannot be used' } = first ? whatItShouldBe(first) : {};
      return refusal('parameter_not_readable', first?.property, zh, en);
    },
  });
}

/** What the field's own declaration says of it, or the values that it may have. */
function whatItShouldBe({ contexts = {}, constraints = {} }: ValidationError): { zh?: string; en?: string } {
  const [said] = Object.values(contexts);
  if (said) return said;
  const [, choices] = /: (.+)$/.exec(constraints.isIn ?? '') ?? [];
  return choices ? { zh: `可以是 ${choices.replaceAll(', ', '、')}`, en: `is one of ${choices}` } : {};
}

function refusal(code: string, field: string | undefined, zh: string, en: string): DomainError {
  return new DomainError(code, { zh: `参数“${field}”${zh}。`, en: `The parameter "${field}" ${en}.` }, { field });
}
