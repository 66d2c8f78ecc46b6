import { Presets, SingleBar } from 'cli-progress';

/** Progress of long work on stderr: a bar on a terminal, a line each tenth elsewhere. */
export interface Progress {
  tell(done: number, total: number): void;
  /** A line of its own. */
  say(line: string): void;
  end(): void;
}

export function showProgress(name: string): Progress {
  const bar = new SingleBar(
    {
      format: `${name} {bar} {percentage}% {value}/{total} 剩余 {eta_formatted}`,
      noTTYOutput: false,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  const { isTTY } = process.stderr;
  let tenths = -1;
  let begun = false;
  return {
    tell(done, total) {
      if (isTTY) {
        if (!begun) bar.start(total, 0);
        bar.update(done);
      } else if (Math.floor((done * 10) / total) > tenths) {
        tenths = Math.floor((done * 10) / total);
        process.stderr.write(`${name} ${done}/${total}\n`);
      }
      begun = true;
    },
    say(line) {
      // Over the bar, which is drawn again below.
      process.stderr.write(`${isTTY && begun ? '\r\u001b[K' : ''}${line}\n`);
    },
    end() {
      if (isTTY && begun) bar.stop();
    },
  };
}
