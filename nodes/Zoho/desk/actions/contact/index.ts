import { CONTACT } from '../../records/RecordKind';
import { descriptionFor, operationsFor } from '../../records/recordOperations';

export const contactOperations = operationsFor(CONTACT);
export const contactDescription = descriptionFor(CONTACT, contactOperations);
