import { descriptionFor, operationsFor } from '../../records/recordOperations';
import { CONTACT } from '../../records/RecordKind';

export const contactOperations = operationsFor(CONTACT);
export const contactDescription = descriptionFor(CONTACT, contactOperations);
