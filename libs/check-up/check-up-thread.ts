import { parentPort, workerData } from 'node:worker_threads';
import { answer, type CheckUpQuestion } from './check-up-aside';

parentPort?.postMessage(answer(workerData as CheckUpQuestion));
