import { descriptionFor, operationsFor } from '../../recordOperations';
import { CONTACT } from '../../records/RecordKind';

export const contactOperations = operationsFor(CONTACT);
export const contactDescription = descriptionFor(CONTACT, contactOperations);
