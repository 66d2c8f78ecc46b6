import { answerAside } from '../aside';
import { readPdf } from './pdf-report';

void answerAside(readPdf);
