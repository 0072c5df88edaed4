import { ACCOUNT } from '../../records/RecordKind';
import { descriptionFor, operationsFor } from '../../records/recordOperations';

export const accountOperations = operationsFor(ACCOUNT);
export const accountDescription = descriptionFor(ACCOUNT, accountOperations);
