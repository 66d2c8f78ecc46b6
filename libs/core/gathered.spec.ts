import { Gathered } from './gathered';

/** Answers a round when it is told to. */
function heldRounds() {
  const rounds: (readonly number[])[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const gathered = new Gathered((questions: readonly number[]) => {
    rounds.push(questions);
    return new Promise<string[]>((resolve, reject) => {
      ends.push((error) => (error ? reject(error) : resolve(questions.map((one) => `answer ${one}`))));
    });
  });
  return { gathered, rounds, end: (place: number, error?: Error) => ends[place]?.(error) };
}

describe('questions asked together', () => {
  it('are asked at once when none is under way, and wait for the next round while one is', async () => {
    const { gathered, rounds, end } = heldRounds();
    const first = gathered.answerTo(1);
    const later = [gathered.answerTo(2), gathered.answerTo(3)];
    expect(rounds).toEqual([[1]]);
    end(0);
    expect(await first).toBe('answer 1');
    expect(rounds).toEqual([[1], [2, 3]]);
    end(1);
    expect(await Promise.all(later)).toEqual(['answer 2', 'answer 3']);
  });

  it('fail with their round, and the next one is asked all the same', async () => {
    const { gathered, rounds, end } = heldRounds();
    const first = gathered.answerTo(1);
    const second = gathered.answerTo(2);
    end(0, new Error('connection lost'));
    await expect(first).rejects.toThrow('connection lost');
    expect(rounds).toEqual([[1], [2]]);
    end(1);
    expect(await second).toBe('answer 2');
  });
});
