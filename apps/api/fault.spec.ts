import { QueryFailedError } from 'typeorm';
import { faultOf } from './fault';

describe('what the log keeps of a failed statement', () => {
  const driverError = Object.assign(new Error('value too long for type'), {
    code: '22001',
    detail: 'Failing row contains (她说想再考虑一下).',
  });
  const fault = faultOf(new QueryFailedError('call keep_note($1)', ['她说想再考虑一下'], driverError));

  it('is its message, code, query and place in the program', () => {
    expect(fault).toMatch(/value too long for type\n\s+at .*fault\.spec/);
    expect(fault).toMatch(/code: 22001\nquery: call keep_note\(\$1\)$/);
  });

  it('is nothing of what people wrote', () => expect(fault).not.toContain('考虑'));
});
