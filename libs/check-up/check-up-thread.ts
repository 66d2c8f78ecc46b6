import { answerAside } from './aside';
import { answer } from './check-up-aside';

void answerAside(answer);
