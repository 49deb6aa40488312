import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ModelContent } from '../training/model-folder.js';
import type { TrainingNews, TrainingTask } from './training-run.js';

/** The rows do not suffice; the message says why. */
export class TrainingRefusedError extends Error {}

/** The training was called off, or its worker stops. */
export class TrainingStoppedError extends Error {}

/** Trains in a process of its own that yields to others, so that no tick waits for it. */
export class TrainingProcess {
  constructor(private readonly entry = new URL('./training.child.js', import.meta.url)) {}

  /**
   * @param signal - ends the process at once
   * @throws TrainingRefusedError, TrainingStoppedError
   */
  train(task: TrainingTask, onNews: (news: TrainingNews) => void, signal: AbortSignal): Promise<ModelContent> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new TrainingStoppedError());
      const child = fork(fileURLToPath(this.entry), [], {
        serialization: 'advanced',
        execArgv: [],
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      const stop = () => child.kill('SIGKILL');
      signal.addEventListener('abort', stop, { once: true });
      let content: ModelContent | null = null;
      let problem: string | null = null;
      child.on('message', (news: TrainingNews) => {
        if (news.kind === 'trained') content = news.content;
        else if (news.kind === 'refused') problem = news.problem;
        else onNews(news);
      });
      child.once('error', reject);
      child.once('exit', (code) => {
        signal.removeEventListener('abort', stop);
        if (content) resolve(content);
        else if (signal.aborted) reject(new TrainingStoppedError());
        else if (problem !== null) reject(new TrainingRefusedError(problem));
        else reject(new Error(`the training ended with exit code ${code}`));
      });
      child.send(task);
    });
  }
}
