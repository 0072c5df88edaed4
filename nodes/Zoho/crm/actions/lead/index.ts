import { descriptionFor, operationsFor } from '../../records/recordOperations';
import { LEAD } from '../../records/RecordKind';

export const leadOperations = operationsFor(LEAD);
export const leadDescription = descriptionFor(LEAD, leadOperations);
