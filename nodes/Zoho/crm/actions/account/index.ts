import { descriptionFor, operationsFor } from '../../records/recordOperations';
import { ACCOUNT } from '../../records/RecordKind';

export const accountOperations = operationsFor(ACCOUNT);
export const accountDescription = descriptionFor(ACCOUNT, accountOperations);
