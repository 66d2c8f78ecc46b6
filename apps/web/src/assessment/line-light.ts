import type { FilledLine, Stage } from '../../../../libs/assessment/filled-form';
import type { LightColour } from '../indicators/light';

/** Red where the target is missed, amber where it is far off or will hardly be met; nothing where nothing is judged. */
export function lightOfLine(
  { targetMet, overAchieved, forecast, causeRequired }: FilledLine,
  stage: Stage,
): LightColour | undefined {
  if (targetMet === null) return undefined;
  if (!targetMet) return 'red';
  if (stage === 'half' && forecast?.likelihood?.warning) return 'amber';
  return overAchieved || causeRequired ? 'amber' : 'green';
}
