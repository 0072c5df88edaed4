import { refusedBy } from '../transport/refusedBy';
import { WECOM } from './transport/errors';

/** For what WeCom would refuse less clearly. */
export const refusal = refusedBy(WECOM);
